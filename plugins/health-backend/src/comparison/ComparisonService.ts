import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { stringifyEntityRef } from '@backstage/catalog-model';
import type {
  MetricSource,
  MetricsService,
  Revision,
  WorkloadRef,
  WorkloadView,
} from '@ghostlight/plugin-clusters-node';
import type {
  ComparedSide,
  DeployComparison,
  WorkloadComparison,
} from '@ghostlight/plugin-health-common';
import { unavailable } from '../metrics/metricsProblem';
import { metricSourceOf } from '../objectives/metricSourceOf';
import type { CommitFacts } from '../report/facts';
import type { CommitSource } from '../service/CommitSource';
import { Expiring } from '../service/Expiring';
import type { HealthService } from '../service/HealthService';
import type { NameSource } from '../service/NameSource';
import { compareMetrics, overall, type Measured } from './compareMetrics';
import { comparisonSentence, settlingSentence } from './comparisonWords';
import { stretchesOf, type Stretch, type Stretches } from './stretches';

/** Numbers of the last seconds change no verdict. */
const MAX_AGE_MS = 10_000;
const MAX_KNOWN = 5_000;
const USAGE_POINTS = 60;
const MIN_STEP_MS = 5_000;

interface MeasuredSides {
  before: Measured;
  after: Measured;
  notes: string[];
}

interface Named {
  commits: Map<string, CommitFacts>;
  names: Map<string, string>;
}

/** The last deploy of each workload, before and after: for whoever may see the health of the entity. */
export class ComparisonService {
  readonly #health: Pick<HealthService, 'requireEnvironment'>;
  readonly #metrics: MetricsService;
  readonly #commits: Pick<CommitSource, 'ofRevisions'>;
  readonly #names: Pick<NameSource, 'ofRevisions'>;
  readonly #now: () => Date;
  readonly #known: Expiring<MeasuredSides>;

  constructor(options: {
    health: Pick<HealthService, 'requireEnvironment'>;
    metrics: MetricsService;
    commits: Pick<CommitSource, 'ofRevisions'>;
    names: Pick<NameSource, 'ofRevisions'>;
    now: () => Date;
  }) {
    this.#health = options.health;
    this.#metrics = options.metrics;
    this.#commits = options.commits;
    this.#names = options.names;
    this.#now = options.now;
    this.#known = new Expiring({
      maxAgeMs: MAX_AGE_MS,
      max: MAX_KNOWN,
      now: () => options.now().getTime(),
    });
  }

  /** @throws `NotFoundError`, `NotAllowedError` */
  async comparison(
    entityRef: string,
    environmentName: string,
    credentials: BackstageCredentials,
  ): Promise<DeployComparison> {
    const { entity, environment } = await this.#health.requireEnvironment(
      entityRef,
      environmentName,
      credentials,
    );
    const now = this.#now();
    const shared = {
      entityRef: stringifyEntityRef(entity),
      environment: environmentName,
      at: now.toISOString(),
    };
    const { source, problem } = metricSourceOf(
      this.#metrics,
      entity.metadata.name,
      environment,
    );
    if (!source) {
      return { ...shared, problem, workloads: [] };
    }
    const found = environment.workloads.flatMap(workload => {
      const stretches = stretchesOf(workload, now.getTime());
      return stretches ? [{ workload, stretches }] : [];
    });
    const revisions = found.flatMap(({ stretches }) => [
      stretches.current,
      ...(stretches.previous ? [stretches.previous] : []),
    ]);
    try {
      const [commits, names, ...sides] = await Promise.all([
        this.#commits.ofRevisions(revisions, credentials),
        this.#names.ofRevisions(revisions, credentials),
        ...found.map(({ workload, stretches }) =>
          this.#measure(source, workload.ref, stretches),
        ),
      ]);
      return {
        ...shared,
        workloads: found.map(({ workload, stretches }, index) =>
          compare(workload, stretches, sides[index], { commits, names }),
        ),
      };
    } catch (error) {
      return { ...shared, problem: unavailable(error), workloads: [] };
    }
  }

  #measure(
    source: MetricSource,
    workload: WorkloadRef,
    { current, before, after }: Stretches,
  ): Promise<MeasuredSides> {
    const { environment, namespace, kind, name } = workload;
    const key = [environment, namespace, kind, name, current.hash].join('/');
    return this.#known.get(key, async () => {
      const notes = new Set<string>();
      const [one, other] = await Promise.all(
        [before, after].map(stretch =>
          measure(source, workload, stretch, notes),
        ),
      );
      return { before: one, after: other, notes: [...notes] };
    });
  }
}

async function measure(
  source: MetricSource,
  workload: WorkloadRef,
  { fromMs, toMs }: Stretch,
  notes: Set<string>,
): Promise<Measured> {
  const seconds = (toMs - fromMs) / 1_000;
  if (seconds < MIN_STEP_MS / 1_000) {
    return { seconds, requests: 0, errors: 0, durations: [] };
  }
  const interval = {
    from: new Date(fromMs).toISOString(),
    to: new Date(toMs).toISOString(),
  };
  const stepMs = Math.max(
    MIN_STEP_MS,
    Math.ceil((toMs - fromMs) / USAGE_POINTS / 1_000) * 1_000,
  );
  const [totals, usage] = await Promise.all([
    source.totals(workload, interval),
    source.usage(workload, { ...interval, stepMs }),
  ]);
  totals.notes.forEach(note => notes.add(note));
  return {
    seconds,
    requests: totals.requests,
    errors: totals.errors,
    durations: totals.durations,
    cpuCores: mean(usage.cpuCores),
    memoryBytes: mean(usage.memoryBytes),
  };
}

function mean(points: Array<[number, number | undefined]>): number | undefined {
  const values = points.flatMap(([, value]) => value ?? []);
  return values.length > 0
    ? values.reduce((sum, value) => sum + value, 0) / values.length
    : undefined;
}

function compare(
  { ref, revision }: WorkloadView,
  stretches: Stretches,
  { before, after, notes }: MeasuredSides,
  named: Named,
): WorkloadComparison {
  const settlesAtMs = stretches.after.fromMs;
  // Two tables full of "no data" would say less than when to look again.
  const isSettling = stretches.after.toMs <= settlesAtMs + MIN_STEP_MS;
  const metrics = isSettling ? [] : compareMetrics(before, after);
  const verdict = overall(metrics);
  const requests = { before: before.requests, after: after.requests };
  const { namespace, kind, name } = ref;
  const usage = metrics.filter(
    ({ metric, note }) => note && (metric === 'cpu' || metric === 'memory'),
  );
  return {
    workload: { namespace, kind, name },
    before: side(stretches.before, stretches.previous, before, named),
    after: side(stretches.after, revision, after, named),
    verdict,
    sentence: isSettling
      ? settlingSentence(settlesAtMs)
      : comparisonSentence(verdict, metrics, requests),
    metrics,
    notes: [
      ...stretches.notes,
      ...notes,
      ...usage.map(
        ({ metric, note }) =>
          `${
            metric === 'cpu' ? 'CPU' : 'Memory'
          } of the busiest replica: ${note}`,
      ),
    ],
  };
}

function side(
  { fromMs, toMs }: Stretch,
  revision: Revision | undefined,
  { requests }: Measured,
  { commits, names }: Named,
): ComparedSide {
  const { commit, by } = revision ?? {};
  const byName = by && names.get(by);
  const message = commit && commits.get(commit.sha)?.message;
  return {
    from: new Date(fromMs).toISOString(),
    to: new Date(toMs).toISOString(),
    requests: Math.round(requests),
    ...(revision && { revision: revision.hash }),
    ...(commit && {
      commit: {
        repo: commit.repo,
        sha: commit.sha,
        ...(message && { message }),
      },
    }),
    ...(by && { by }),
    ...(byName && { byName }),
  };
}
