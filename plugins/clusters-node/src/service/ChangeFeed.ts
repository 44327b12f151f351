import type { LoggerService } from '@backstage/backend-plugin-api';
import type { WorkloadChange } from '../types';

type Listener = (change: WorkloadChange) => void;

/** Tells listeners of changes, each workload at most once per window. */
export class ChangeFeed {
  readonly #windowMs: number;
  readonly #logger: LoggerService;
  readonly #listeners = new Set<Listener>();
  #pending = new Map<string, WorkloadChange>();
  #timer: NodeJS.Timeout | undefined;

  constructor(windowMs: number, logger: LoggerService) {
    this.#windowMs = windowMs;
    this.#logger = logger;
  }

  subscribe(listener: Listener): () => void {
    const own: Listener = change => listener(change);
    this.#listeners.add(own);
    return () => {
      this.#listeners.delete(own);
    };
  }

  publish(change: WorkloadChange): void {
    if (this.#listeners.size === 0) {
      return;
    }
    const { environment, namespace, name } = change;
    this.#pending.set(`${environment}/${namespace}/${name}`, change);
    if (!this.#timer) {
      this.#timer = setTimeout(() => this.#flush(), this.#windowMs);
      this.#timer.unref();
    }
  }

  #flush(): void {
    this.#timer = undefined;
    const changes = [...this.#pending.values()];
    this.#pending = new Map();
    for (const change of changes) {
      for (const listener of this.#listeners) {
        try {
          listener(change);
        } catch (error) {
          this.#logger.error(
            `A listener to changes of workloads failed on ${change.name}`,
            error instanceof Error ? error : undefined,
          );
        }
      }
    }
  }
}
