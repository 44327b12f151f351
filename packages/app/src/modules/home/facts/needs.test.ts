import type { HealthSummary } from '@ghostlight/plugin-health-common';
import { component, deployment } from './facts.fixture';
import { findNeeds, needsSentence, newestDeployments } from './needs';

const orders = component('orders');
const basket = component('basket');

function health(status: HealthSummary['status']): HealthSummary {
  return { status, sentence: `It is ${status}.`, ready: 1, desired: 3 };
}

describe('findNeeds', () => {
  it('finds what is unhealthy, failing before degraded', () => {
    const needs = findNeeds({
      components: [orders, basket],
      summaries: new Map([
        [orders.ref, health('degraded')],
        [basket.ref, health('failing')],
      ]),
      deployments: [],
    });
    expect(needs).toEqual([
      {
        kind: 'unhealthy',
        component: basket,
        status: 'failing',
        sentence: 'It is failing.',
      },
      {
        kind: 'unhealthy',
        component: orders,
        status: 'degraded',
        sentence: 'It is degraded.',
      },
    ]);
  });

  it('invents nothing of what is healthy or unknown', () => {
    const needs = findNeeds({
      components: [orders, basket],
      summaries: new Map([
        [orders.ref, health('healthy')],
        [basket.ref, health('unknown')],
      ]),
      deployments: [],
    });
    expect(needs).toEqual([]);
  });

  it('finds a deployment that failed, until a later one succeeds', () => {
    const failed = deployment({ state: 'failed', reason: 'npm test failed' });
    const facts = { components: [orders], summaries: new Map() };
    expect(findNeeds({ ...facts, deployments: [failed] })).toEqual([
      { kind: 'failed deployment', component: orders, deployment: failed },
    ]);
    expect(
      findNeeds({ ...facts, deployments: [deployment({}), failed] }),
    ).toEqual([]);
    expect(
      findNeeds({
        ...facts,
        deployments: [deployment({ environment: 'staging' }), failed],
      }),
    ).toHaveLength(1);
  });

  it('leaves the failed deployments of others to them', () => {
    const failed = deployment({ state: 'failed' });
    expect(
      findNeeds({
        components: [basket],
        summaries: new Map(),
        deployments: [failed],
      }),
    ).toEqual([]);
  });
});

describe('newestDeployments', () => {
  it('looks behind one that was superseded', () => {
    const failed = deployment({ state: 'failed' });
    const superseded = deployment({ state: 'superseded' });
    expect(newestDeployments([superseded, failed])).toEqual([failed]);
  });
});

describe('needsSentence', () => {
  it('counts', () => {
    expect(needsSentence(0, [])).toBe('Nothing needs you.');
    expect(needsSentence(1, [])).toBe('1 thing needs you.');
    expect(needsSentence(2, [])).toBe('2 things need you.');
  });

  it('never says nothing when something was not read', () => {
    expect(needsSentence(0, ['deployments'])).toBe(
      'No answer yet: deployments could not be read.',
    );
    expect(needsSentence(1, ['deployments'])).toBe(
      '1 thing needs you; deployments could not be read.',
    );
  });
});
