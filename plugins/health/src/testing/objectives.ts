import type {
  BurnRate,
  HealthObjectives,
  ObjectiveHealth,
  ServiceFileHealth,
} from '@ghostlight/plugin-health-common';
import { ago } from './reports';
import { wander } from './series';

const sha = 'a1b2c3d4e5f60718293a4b5c6d7e8f9012345678';

/** One objective that is met and one at risk. */
export function someObjectives(
  changes: Partial<HealthObjectives> = {},
): HealthObjectives {
  return {
    entityRef: 'component:default/orders',
    environment: 'local',
    at: ago(1),
    serviceFile: {
      state: 'valid',
      path: 'ghostlight.yaml',
      repository: 'orders',
      sha,
      mistakes: [],
    },
    objectives: [anObjectiveMet(), anObjectiveAtRisk()],
    ...changes,
  };
}

export function anObjectiveMet(): ObjectiveHealth {
  return {
    slo: {
      name: 'availability',
      kind: 'availability',
      objective: 0.999,
      window: 'P30D',
      description: 'Orders can be placed.',
    },
    status: 'met',
    sentence: '71 % of the budget left, burning 0.4 x',
    attained: 0.99971,
    budgetLeft: 0.71,
    requests: 1_204_311,
    bad: 349,
    since: ago(6 * 86_400),
    burnRates: burnRates(0.4, 0.3),
    history: budget(0.74, 0.71),
    notes: ['Measured since 6 days, of a window of 30.'],
  };
}

export function anObjectiveAtRisk(): ObjectiveHealth {
  return {
    slo: {
      name: 'fast',
      kind: 'latency',
      objective: 0.95,
      thresholdMs: 300,
      window: 'P30D',
    },
    status: 'at-risk',
    sentence: '12 % of the budget left, burning 7.2 x',
    attained: 0.956,
    budgetLeft: 0.12,
    requests: 1_204_311,
    bad: 52_990,
    since: ago(6 * 86_400),
    burnRates: burnRates(7.2, 8.1),
    history: budget(0.41, 0.12),
    notes: [],
  };
}

/** A `ghostlight.yaml` with two mistakes in it. */
export function aMistakenServiceFile(): ServiceFileHealth {
  return {
    state: 'invalid',
    path: 'ghostlight.yaml',
    repository: 'orders',
    sha,
    mistakes: [
      {
        line: 5,
        column: 57,
        path: 'slos[0].objective',
        message: '"999 %" is not a share of requests',
        hint: 'write 99.9 %, or 0.999',
      },
      {
        line: 8,
        column: 32,
        path: 'alerts[0].for',
        message: '"2 minits" is not a duration',
        hint: 'write 2m, or PT2M',
      },
    ],
    excerpt: [
      'run:',
      '  command: [node, src/main.js]',
      '',
      'slos:',
      '  - { name: availability, kind: availability, objective: 999 %, window: 30d }',
      '',
      'alerts:',
      '  - { name: errors, metric: errors, above: 5 %, for: 2 minits }',
    ].map((text, n) => ({ line: n + 1, text })),
  };
}

function burnRates(long: number, short: number): BurnRate[] {
  const rules: [string, string, number, BurnRate['severity']][] = [
    ['PT1H', 'PT5M', 14.4, 'critical'],
    ['PT6H', 'PT30M', 6, 'critical'],
    ['P1D', 'PT2H', 3, 'warning'],
    ['P3D', 'PT6H', 1, 'warning'],
  ];
  return rules.map(([longWindow, shortWindow, threshold, severity]) => ({
    longWindow,
    shortWindow,
    long,
    short,
    threshold,
    severity,
    firing: long >= threshold && short >= threshold,
  }));
}

function budget(from: number, to: number): ObjectiveHealth['history'] {
  const end = Math.floor(Date.now() / 600_000) * 600;
  const times = Array.from({ length: 145 }, (_, n) => end - (144 - n) * 600);
  return wander(
    times,
    7,
    at => to + ((from - to) * (end - at)) / 86_400,
    0.004,
  );
}
