import { randomUUID } from 'node:crypto';
import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Entity } from '@backstage/catalog-model';
import type { NotificationService } from '@backstage/plugin-notifications-node';
import {
  parseServiceFile,
  SERVICE_FILE,
} from '@ghostlight/plugin-health-common';
import type { Knex } from 'knex';
import { AlertEvaluator } from '../alerts/AlertEvaluator';
import { AlertNotifier } from '../alerts/AlertNotifier';
import { AlertSignals } from '../alerts/AlertSignals';
import { ComponentObserver } from '../alerts/ComponentObserver';
import { AlertStore } from '../database/AlertStore';
import { EvaluationStore } from '../database/EvaluationStore';
import { LeaseStore } from '../database/LeaseStore';
import { ObjectiveMeter } from '../objectives/ObjectiveMeter';
import { TotalsSource } from '../objectives/TotalsSource';
import { component } from './entities';
import type { FakeMetrics } from './FakeMetrics';
import { environmentOf, workloadOf } from './views';

/** A catalog, a repository and clusters in which components run; what a test changes. */
export class FakeWorld {
  file: string | undefined;
  /** The file cannot be asked. */
  unreadable = false;
  runs = true;
  catalogDown = false;
  entities: Entity[];
  /** Called before a component is looked at. */
  beforeObserve: (entity: Entity) => Promise<void> = async () => {};

  constructor(names: string[], file: string) {
    this.entities = names.map(name => component(name));
    this.file = file;
  }
}

/** One replica's evaluator on a database. */
export function createEvaluator(options: {
  knex: Knex;
  world: FakeWorld;
  metrics: FakeMetrics;
  now: () => Date;
  notifications?: NotificationService;
  logger: LoggerService;
  leaseMs?: number;
}) {
  const { knex, world, metrics, now, logger } = options;
  const leases = new LeaseStore(knex, {
    owner: randomUUID(),
    leaseMs: options.leaseMs ?? 60_000,
  });
  const totals = new TotalsSource({ now });
  const alerts = new AlertStore(knex, { now });
  const signalled: string[] = [];
  const observer = new ComponentObserver({
    clusters: {
      workloads: async entity => {
        await world.beforeObserve(entity);
        return [environmentOf('local', world.runs ? [workloadOf()] : [])];
      },
    },
    files: {
      of: async () => ({
        health: { state: 'valid', path: SERVICE_FILE, mistakes: [] },
        definite: !world.unreadable,
        ...(world.file !== undefined &&
          !world.unreadable && { parsed: parseServiceFile(world.file) }),
      }),
    },
    metrics,
    meter: new ObjectiveMeter({ metrics, totals, now }),
    totals,
    overMs: 60_000,
    now,
  });
  const refs = () =>
    world.entities.map(({ metadata }) => `component:default/${metadata.name}`);
  const evaluator = new AlertEvaluator({
    observer,
    entities: {
      refresh: async () => {
        if (world.catalogDown) {
          throw new Error('connect ECONNREFUSED');
        }
        return refs();
      },
      get: ref => world.entities[refs().indexOf(ref)],
      get isComplete() {
        return !world.catalogDown;
      },
    },
    leases,
    evaluations: new EvaluationStore(knex, leases),
    notifier: new AlertNotifier({
      alerts,
      notifications: options.notifications ?? { send: async () => {} },
      logger,
    }),
    signals: new AlertSignals({
      signals: {
        publish: async ({ message }) => {
          signalled.push(JSON.stringify(message));
        },
      },
      logger,
      now,
    }),
    logger,
    // Always due: time is the test's.
    everyMs: 0,
    now,
  });
  return { evaluator, alerts, leases, signalled };
}
