import { DeploymentRunner, RunnerOptions } from './DeploymentRunner';

/** Deployments that one replica works on at the same time. */
const CONCURRENCY = 4;

/** Claims deployments and works on them, a few at a time, as long as the process lives. */
export class DeploymentWorker {
  readonly #running = new Map<string, Promise<void>>();
  readonly #runners = new Map<string, DeploymentRunner>();
  #timer: NodeJS.Timeout | undefined;
  #stopped = false;
  #claiming: Promise<void> | undefined;
  #again = false;

  constructor(
    private readonly options: RunnerOptions & { pollEveryMs: number },
  ) {}

  start(): void {
    this.#timer = setInterval(() => this.wake(), this.options.pollEveryMs);
    this.wake();
  }

  /** Something was queued, or asked to stop, in this process: look now rather than at the next poll. */
  wake(): void {
    if (this.#stopped) {
      return;
    }
    if (this.#claiming) {
      this.#again = true;
      return;
    }
    this.#claiming = this.#claimAll()
      .catch(error =>
        this.options.logger.warn('Could not look for deployments', error),
      )
      .finally(() => {
        this.#claiming = undefined;
        if (this.#again) {
          this.#again = false;
          this.wake();
        }
      });
  }

  /** Makes runners of this process see requests to stop at once. */
  nudge(ids: readonly string[]): void {
    for (const id of ids) {
      this.#runners.get(id)?.check();
    }
    this.wake();
  }

  /** Hands what it works on to other replicas, or to this one when it starts again. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearInterval(this.#timer);
    await this.#claiming;
    for (const runner of this.#runners.values()) {
      runner.shutdown();
    }
    await Promise.all(this.#running.values());
  }

  async #claimAll(): Promise<void> {
    while (!this.#stopped && this.#running.size < CONCURRENCY) {
      const claim = await this.options.claims.claim();
      if (!claim) {
        return;
      }
      const runner = new DeploymentRunner(claim, this.options);
      this.#runners.set(runner.id, runner);
      const run = runner
        .run()
        .catch(error =>
          this.options.logger.error(`Deployment ${runner.id} broke off`, error),
        )
        .finally(() => {
          this.#running.delete(runner.id);
          this.#runners.delete(runner.id);
          this.wake();
        });
      this.#running.set(runner.id, run);
    }
  }
}
