import { LoggerService } from '@backstage/backend-plugin-api';
import { Deployment } from '@ghostlight/plugin-delivery-common';
import { Claim, ClaimStore } from '../database/ClaimStore';
import { LogStore } from '../database/LogStore';
import { deploy } from '../steps/deploy';
import { DeploymentContext } from '../steps/DeploymentContext';
import { DeploymentLog } from './DeploymentLog';
import { inWords } from './inWords';

/** How often a deployment is begun again after an interruption before it is given up. */
const MAX_ATTEMPTS = 5;

export type RunnerOptions = Pick<
  DeploymentContext,
  'cluster' | 'builder' | 'source' | 'times' | 'pause'
> & {
  claims: ClaimStore;
  logs: LogStore;
  logger: LoggerService;
  renewEveryMs: number;
  /** Told of each change. */
  onChange(deployment: Deployment): void;
};

/** Why a deployment is no longer ours to work on. */
class Interruption extends Error {
  constructor(
    readonly kind: 'superseded' | 'lease lost' | 'shutdown',
    message: string,
  ) {
    super(message);
  }
}

/** Works on one claimed deployment until it ended, was taken away or the process stops. */
export class DeploymentRunner {
  readonly #abort = new AbortController();
  #renewedAt = performance.now();

  constructor(
    private readonly claim: Claim,
    private readonly options: RunnerOptions,
  ) {}

  get id(): string {
    return this.claim.deployment.id;
  }

  /** Leaves the deployment for another replica. */
  shutdown(): void {
    this.#abort.abort(new Interruption('shutdown', 'The backend stops'));
  }

  /** Looks at once whether somebody asked this deployment to stop. */
  check(): void {
    this.#renew().catch(error => {
      const { logger, claims } = this.options;
      logger.warn(`Could not renew the lease of deployment ${this.id}`, error);
      if (performance.now() - this.#renewedAt > claims.leaseMs) {
        this.#abort.abort(
          new Interruption('lease lost', 'The database does not answer'),
        );
      }
    });
  }

  async #renew(): Promise<void> {
    const askedAt = performance.now();
    const { held, stopReason } = await this.options.claims.renew(this.id);
    this.#renewedAt = askedAt;
    if (!held) {
      this.#abort.abort(
        new Interruption('lease lost', 'Another replica continues'),
      );
    } else if (stopReason !== undefined) {
      this.#abort.abort(new Interruption('superseded', stopReason));
    }
  }

  async run(): Promise<void> {
    const { claims, logs, logger } = this.options;
    const { deployment, attempts, stopReason } = this.claim;
    const log = await DeploymentLog.open(logs, this.id, error =>
      logger.warn(`Could not write the log of deployment ${this.id}`, error),
    );
    this.options.onChange(deployment);
    const renewing = setInterval(() => this.check(), this.options.renewEveryMs);
    try {
      if (stopReason !== undefined) {
        throw new Interruption('superseded', stopReason);
      }
      if (attempts > MAX_ATTEMPTS) {
        throw new Error(
          `The backend was interrupted ${MAX_ATTEMPTS} times in the middle of this deployment; deploy again`,
        );
      }
      if (attempts > 1) {
        log.write('Continuing after an interruption of the backend');
      }
      const { url } = await deploy(this.#context(log), async (state, image) => {
        const changed = await claims.advance(this.id, { state, image });
        if (!changed) {
          throw new Interruption('lease lost', 'Another replica continues');
        }
        this.options.onChange(changed);
      });
      this.#abort.signal.throwIfAborted();
      await this.#end(log, { state: 'succeeded', url });
    } catch (error) {
      await this.#stopped(log, this.#abort.signal.reason ?? error);
    } finally {
      clearInterval(renewing);
      await log.flush();
    }
  }

  async #stopped(log: DeploymentLog, error: unknown): Promise<void> {
    if (!(error instanceof Interruption)) {
      const reason = log.redact(inWords(error));
      log.conclude(`Failed: ${reason}`);
      await this.#end(log, { state: 'failed', reason });
    } else if (error.kind === 'superseded') {
      log.conclude(`Stopped: ${error.message}`);
      await this.#end(log, { state: 'superseded', reason: error.message });
    } else if (error.kind === 'shutdown') {
      await log.flush();
      await this.options.claims.release(this.id);
    }
  }

  async #end(
    log: DeploymentLog,
    end: Parameters<ClaimStore['finish']>[1],
  ): Promise<void> {
    await log.flush();
    const ended = await this.options.claims.finish(this.id, end);
    if (ended) {
      const { entityRef, environment } = ended;
      await this.options.logs.trim(entityRef, environment);
      this.options.onChange(ended);
    }
  }

  #context(log: DeploymentLog): DeploymentContext {
    const { cluster, builder, source, times, pause } = this.options;
    return {
      deployment: this.claim.deployment,
      cluster,
      builder,
      source,
      times,
      pause,
      signal: this.#abort.signal,
      log: line => log.write(line),
      hide: secret => log.hide(secret),
    };
  }
}
