import type { HealthSummary } from '@ghostlight/plugin-health-common';
import { alert, component, deployment, MAYA } from './facts.fixture';
import { findNeeds, needsSentence, newestDeployments } from './needs';

const orders = component('orders');
const basket = component('basket');

function health(status: HealthSummary['status']): HealthSummary {
  return { status, sentence: `It is ${status}.`, ready: 1, desired: 3 };
}

const nothing = { summaries: new Map(), alerts: [], deployments: [] };

describe('findNeeds', () => {
  it('finds what is unhealthy, failing before degraded', () => {
    const needs = findNeeds({
      ...nothing,
      components: [orders, basket],
      summaries: new Map([
        [orders.ref, health('degraded')],
        [basket.ref, health('failing')],
      ]),
    });
    expect(needs).toEqual([
      {
        component: basket,
        reasons: [
          {
            kind: 'unhealthy',
            status: 'failing',
            sentence: 'It is failing.',
          },
        ],
      },
      {
        component: orders,
        reasons: [
          {
            kind: 'unhealthy',
            status: 'degraded',
            sentence: 'It is degraded.',
          },
        ],
      },
    ]);
  });

  it('makes one thing of all that one crash causes, the worst first', () => {
    const failed = deployment({ state: 'failed' });
    const [need, ...others] = findNeeds({
      components: [orders],
      summaries: new Map([[orders.ref, health('failing')]]),
      alerts: [alert({ severity: 'warning' }), alert({ severity: 'critical' })],
      deployments: [failed],
    });
    expect(others).toEqual([]);
    expect(
      need.reasons.map(reason =>
        reason.kind === 'alert' ? reason.alert.severity : reason.kind,
      ),
    ).toEqual(['unhealthy', 'critical', 'failed deployment', 'warning']);
  });

  it('finds what fires though it is healthy, until somebody acknowledges it', () => {
    const facts = { ...nothing, components: [orders, basket] };
    const firing = alert({ severity: 'warning' });
    expect(findNeeds({ ...facts, alerts: [firing] })).toEqual([
      { component: orders, reasons: [{ kind: 'alert', alert: firing }] },
    ]);
    const acknowledged = { by: MAYA, at: '2026-11-21T14:02:00Z' };
    expect(
      findNeeds({ ...facts, alerts: [{ ...firing, acknowledged }] }),
    ).toEqual([]);
  });

  it('puts a critical alert before what is degraded', () => {
    const needs = findNeeds({
      ...nothing,
      components: [basket, orders],
      summaries: new Map([[basket.ref, health('degraded')]]),
      alerts: [alert({ severity: 'critical' })],
    });
    expect(needs.map(need => need.component)).toEqual([orders, basket]);
  });

  it('invents nothing of what is healthy or unknown', () => {
    const needs = findNeeds({
      ...nothing,
      components: [orders, basket],
      summaries: new Map([
        [orders.ref, health('healthy')],
        [basket.ref, health('unknown')],
      ]),
    });
    expect(needs).toEqual([]);
  });

  it('finds a deployment that failed, until a later one succeeds', () => {
    const failed = deployment({ state: 'failed', reason: 'npm test failed' });
    const facts = { ...nothing, components: [orders] };
    expect(findNeeds({ ...facts, deployments: [failed] })).toEqual([
      {
        component: orders,
        reasons: [{ kind: 'failed deployment', deployment: failed }],
      },
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
      findNeeds({ ...nothing, components: [basket], deployments: [failed] }),
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
