import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';
import type {
  ClustersService,
  PodView,
  WorkloadView,
} from '@ghostlight/plugin-clusters-node';
import type {
  LogLine,
  LogQuery,
  LogStreamEvent,
} from '@ghostlight/plugin-health-common';
import { downloadLines } from '../logs/downloadLines';
import { LineShaper } from '../logs/LineShaper';
import type { LogSource } from '../logs/LogSource';
import { LogTail, type LogTailLimits } from '../logs/LogTail';
import type { Position } from '../logs/Position';
import { readBacklog } from '../logs/readBacklog';
import type { EntityEnvironment, HealthService } from './HealthService';

const DEFAULT_TAIL = 200;
const DOWNLOAD_BYTES = 50 * 1024 * 1024;
const DOWNLOAD_MS = 60_000;
const READ_MS = 5_000;

/** Logs of the replicas of an entity. Each method checks that the caller may read them. */
export class LogService {
  readonly #health: HealthService;
  readonly #clusters: ClustersService;
  readonly #limits: LogTailLimits;
  readonly #now: () => Date;

  constructor(options: {
    health: HealthService;
    clusters: ClustersService;
    limits: LogTailLimits;
    now: () => Date;
  }) {
    this.#health = options.health;
    this.#clusters = options.clusters;
    this.#limits = options.limits;
    this.#now = options.now;
  }

  /** Live; the permission is checked before this resolves. */
  async stream(
    entityRef: string,
    query: LogQuery,
    options: {
      credentials: BackstageCredentials;
      resume: Position | undefined;
      signal: AbortSignal;
    },
  ): Promise<AsyncGenerator<LogStreamEvent>> {
    const source = await this.#source(entityRef, query, options.credentials);
    return new LogTail({
      source,
      tail: query.tail ?? DEFAULT_TAIL,
      sinceTime: this.#since(query),
      resume: options.resume,
      limits: this.#limits,
      now: this.#now,
      signal: options.signal,
    }).events();
  }

  /** As text; the permission is checked before this resolves. */
  async download(
    entityRef: string,
    query: LogQuery,
    options: { credentials: BackstageCredentials; signal: AbortSignal },
  ): Promise<AsyncGenerator<string>> {
    const source = await this.#source(entityRef, query, options.credentials);
    return downloadLines({
      source,
      sinceTime: this.#since(query),
      tail: query.tail,
      maxBytes: DOWNLOAD_BYTES,
      maxMs: DOWNLOAD_MS,
      signal: options.signal,
    });
  }

  /** The newest lines there are now. */
  async read(
    entityRef: string,
    query: LogQuery,
    credentials: BackstageCredentials,
  ): Promise<LogLine[]> {
    const source = await this.#source(entityRef, query, credentials);
    const { chunks } = await readBacklog({
      source,
      pods: (await source.pods()).map(({ name }) => name),
      tail: query.tail ?? DEFAULT_TAIL,
      maxBytes: this.#limits.maxBytes,
      sinceTime: this.#since(query),
      signal: AbortSignal.timeout(READ_MS),
    });
    const shaper = new LineShaper();
    return chunks.map(chunk => shaper.shape(chunk));
  }

  async #source(
    entityRef: string,
    query: LogQuery,
    credentials: BackstageCredentials,
  ): Promise<LogSource> {
    const found = await this.#health.requireEnvironment(
      entityRef,
      query.environment,
      credentials,
    );
    const source = this.#sourceOf(found, query.pod);
    if (query.pod !== undefined && (await source.pods()).length === 0) {
      throw new NotFoundError(
        `${entityRef} has no replica ${query.pod} in ${query.environment}; it may have been replaced`,
      );
    }
    return source;
  }

  /** Only pods of the entity's own workloads are read, whatever was asked for. */
  #sourceOf(
    { entity, environment }: EntityEnvironment,
    pod?: string,
  ): LogSource {
    const { name } = environment.environment;
    const namespaces = new Map<string, string>();
    const workloads = async (): Promise<WorkloadView[]> =>
      (await this.#clusters.workloads(entity))
        .filter(each => each.environment.name === name)
        .flatMap(each => each.workloads);
    return {
      pods: async (): Promise<PodView[]> => {
        const pods = (await workloads())
          .flatMap(workload => workload.pods)
          .filter(each => pod === undefined || each.name === pod);
        pods.forEach(each => namespaces.set(each.name, each.namespace));
        return pods;
      },
      read: (podName, options) =>
        this.#clusters.logs(
          {
            environment: name,
            namespace:
              namespaces.get(podName) ?? environment.environment.namespace,
            name: podName,
          },
          options,
        ),
      onChange: listener =>
        this.#clusters.onChange(change => {
          if (change.environment === name) {
            listener();
          }
        }),
    };
  }

  #since({ sinceSeconds }: LogQuery): string | undefined {
    return sinceSeconds === undefined
      ? undefined
      : new Date(this.#now().getTime() - sinceSeconds * 1000).toISOString();
  }
}
