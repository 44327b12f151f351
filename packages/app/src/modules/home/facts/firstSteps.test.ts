import { deployment, MAYA, repository } from './facts.fixture';
import { firstSteps, type FirstStepFacts } from './firstSteps';

function done(facts: Partial<FirstStepFacts>) {
  return firstSteps({
    userRef: MAYA,
    repositories: [],
    deployments: [],
    openedHealth: false,
    remembered: [],
    ...facts,
  })
    .filter(step => step.done)
    .map(step => step.id);
}

describe('firstSteps', () => {
  it('begins with nothing done', () => {
    expect(done({})).toEqual([]);
  });

  it('ticks off a step once the portal knows of it', () => {
    const created = { repositories: [repository({})] };
    const building = deployment({ state: 'building' });
    expect(done({ ...created, deployments: [building] })).toEqual(['create']);
    const template = deployment({ origin: 'template' });
    expect(done({ ...created, deployments: [template] })).toEqual([
      'create',
      'run',
    ]);
    const pushed = deployment({ origin: 'push', state: 'building' });
    expect(done({ ...created, deployments: [pushed, template] })).toEqual([
      'create',
      'run',
      'push',
    ]);
    expect(
      done({
        ...created,
        openedHealth: true,
        deployments: [{ ...pushed, state: 'succeeded' }, template],
      }),
    ).toEqual(['create', 'run', 'health', 'push', 'revision']);
  });

  it('does not count what others did', () => {
    const elias = 'user:default/elias';
    expect(
      done({
        repositories: [repository({ createdBy: elias })],
        deployments: [
          deployment({ by: elias, origin: 'push' }),
          deployment({ by: elias }),
        ],
      }),
    ).toEqual([]);
  });

  it('does not count what no template made, such as the examples', () => {
    expect(
      done({
        repositories: [repository({})],
        deployments: [deployment({ origin: 'push' })],
      }),
    ).toEqual([]);
  });

  it('keeps a step done whose facts have gone', () => {
    expect(done({ remembered: ['create', 'run'] })).toEqual(['create', 'run']);
  });

  it('leads to the service that this person created', () => {
    const steps = firstSteps({
      userRef: MAYA,
      repositories: [
        repository({ name: 'search', createdBy: 'user:default/elias' }),
        repository({ name: 'orders' }),
      ],
      deployments: [deployment({})],
      openedHealth: false,
      remembered: [],
    });
    const hrefs = Object.fromEntries(steps.map(({ id, href }) => [id, href]));
    expect(hrefs).toMatchObject({
      health: '/catalog/default/component/orders/health',
      push: '/forge/orders',
    });
  });
});
