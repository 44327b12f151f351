import { randomUUID } from 'node:crypto';
import type {
  AuditorService,
  AuthService,
  LoggerService,
  PermissionsService,
  UrlReaderService,
} from '@backstage/backend-plugin-api';
import type { Config } from '@backstage/config';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { NotificationService } from '@backstage/plugin-notifications-node';
import type { SignalsService } from '@backstage/plugin-signals-node';
import type {
  ClustersService,
  MetricsService,
} from '@ghostlight/plugin-clusters-node';
import type { ForgeClient } from '@ghostlight/plugin-forge-common';
import { ComparisonService } from '../comparison/ComparisonService';
import type { Knex } from 'knex';
import type { AlertStore } from '../database/AlertStore';
import { EvaluationStore } from '../database/EvaluationStore';
import { LeaseStore } from '../database/LeaseStore';
import { ServiceFileStore } from '../database/ServiceFileStore';
import { ObjectiveMeter } from '../objectives/ObjectiveMeter';
import { ObjectivesService } from '../objectives/ObjectivesService';
import { TotalsSource } from '../objectives/TotalsSource';
import type { Access } from '../service/Access';
import type { CommitSource } from '../service/CommitSource';
import type { HealthService } from '../service/HealthService';
import type { NameSource } from '../service/NameSource';
import { ServiceFilePushes } from '../serviceFile/ServiceFilePushes';
import { ServiceFileSource } from '../serviceFile/ServiceFileSource';
import { AlertEvaluator } from './AlertEvaluator';
import { AlertNotifier } from './AlertNotifier';
import { AlertRetention } from './AlertRetention';
import { AlertService } from './AlertService';
import { AlertSignals } from './AlertSignals';
import { ComponentObserver } from './ComponentObserver';
import { readAlertTimes } from './readAlertTimes';
import { WatchedEntities } from './WatchedEntities';

/** Longer than an evaluation takes, even of a Prometheus that never answers. */
const LEASE_MS = 60_000;

export interface AlertDependencies {
  access: Access;
  alerts: AlertStore;
  auditor: AuditorService;
  auth: AuthService;
  catalog: CatalogService;
  clusters: ClustersService;
  commits: CommitSource;
  config: Config;
  forge: Pick<ForgeClient, 'getRepository' | 'getFile'>;
  health: HealthService;
  knex: Knex;
  logger: LoggerService;
  metrics: MetricsService;
  names: NameSource;
  notifications: NotificationService;
  permissions: PermissionsService;
  signals: SignalsService;
  urlReader: UrlReaderService;
  now: () => Date;
}

/** The parts that watch objectives and thresholds, put together. */
export async function assembleAlerts(deps: AlertDependencies) {
  const { alerts, knex, logger, metrics, now } = deps;
  const times = readAlertTimes(deps.config);
  const files = new ServiceFileSource({
    ...deps,
    store: new ServiceFileStore(knex),
  });
  const totals = new TotalsSource({ now });
  const meter = new ObjectiveMeter({ metrics, totals, now });
  const leases = new LeaseStore(knex, {
    owner: randomUUID(),
    leaseMs: LEASE_MS,
  });
  const signals = new AlertSignals(deps);
  const evaluator = new AlertEvaluator({
    observer: new ComponentObserver({
      ...deps,
      files,
      meter,
      totals,
      overMs: times.overMs,
    }),
    entities: new WatchedEntities(deps),
    leases,
    evaluations: new EvaluationStore(knex, leases),
    notifier: new AlertNotifier(deps),
    signals,
    logger,
    everyMs: times.everyMs,
    now,
  });
  return {
    objectives: new ObjectivesService({ ...deps, files, meter }),
    comparison: new ComparisonService(deps),
    alerts: new AlertService({ ...deps, signals }),
    pushes: new ServiceFilePushes({
      files,
      leases,
      signals,
      evaluator,
      logger,
    }),
    evaluator,
    retention: new AlertRetention({ alerts, keepMs: times.keepMs, logger }),
  };
}
