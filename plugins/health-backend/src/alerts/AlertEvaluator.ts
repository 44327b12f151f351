import type { LoggerService } from '@backstage/backend-plugin-api';
import type { EvaluationStore } from '../database/EvaluationStore';
import type { Lease, LeaseStore } from '../database/LeaseStore';
import { Turns } from '../objectives/Turns';
import type { AlertNotifier } from './AlertNotifier';
import type { AlertSignals } from './AlertSignals';
import type { ComponentObserver } from './ComponentObserver';
import { decideOutcome } from './decideOutcome';
import type { Outcome } from './Outcome';
import type { WatchedEntities } from './WatchedEntities';

/** Components that one replica takes, and evaluates, at the same time. */
const AT_ONCE = 8;
/** How often it looks for what is due, as a part of how often each is. */
const LOOKS = 5;
/** A component without thresholds and objectives is looked at again after so long, or when its repository changes. */
const IDLE_MS = 60_000;

interface EvaluatorOptions {
  observer: ComponentObserver;
  entities: Pick<WatchedEntities, 'refresh' | 'get' | 'isComplete'>;
  leases: LeaseStore;
  evaluations: EvaluationStore;
  notifier: AlertNotifier;
  signals: AlertSignals;
  logger: LoggerService;
  everyMs: number;
  now: () => Date;
}

/** Evaluates every component with thresholds or objectives; of all replicas one at a time. */
export class AlertEvaluator {
  readonly #options: EvaluatorOptions;
  /** What was last said about each component in the log, so that a dead Prometheus fills no disk. */
  readonly #said = new Map<string, string>();
  /** Whether the catalog has ever told which components there are. */
  #hasList = false;
  #isCatalogAway = false;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> | undefined;
  #stopped = false;

  constructor(options: EvaluatorOptions) {
    this.#options = options;
  }

  start(): void {
    this.#timer = setInterval(
      () => this.wake(),
      Math.max(100, this.#options.everyMs / LOOKS),
    );
    this.wake();
  }

  /** Looks now rather than at the next time. */
  wake(): void {
    if (this.#stopped || this.#running) {
      return;
    }
    this.#running = this.evaluateDue()
      .catch(error =>
        this.#options.logger.warn(`Alerts could not be evaluated: ${error}`),
      )
      .finally(() => {
        this.#running = undefined;
      });
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearInterval(this.#timer);
    await this.#running;
  }

  /** Evaluates all that is due, and notifies owners who are still to be told. */
  async evaluateDue(): Promise<void> {
    const { notifier } = this.#options;
    await this.#refresh();
    if (this.#hasList) {
      await this.#evaluateClaimed();
    }
    await notifier.notifyDue();
  }

  /** While the catalog does not answer, what it told last goes on being watched. */
  async #refresh(): Promise<void> {
    const { entities, leases, logger } = this.#options;
    let loaded: string[] | undefined;
    try {
      loaded = await entities.refresh();
    } catch (error) {
      if (!this.#isCatalogAway) {
        this.#isCatalogAway = true;
        logger.warn(
          this.#hasList
            ? `Alerts go on with the components known last, for the catalog does not tell them: ${error}`
            : `Alerts wait for the catalog to tell which components there are: ${error}`,
        );
      }
      return;
    }
    if (loaded) {
      this.#isCatalogAway = false;
      await leases.register(loaded);
      this.#hasList = true;
    }
  }

  async #evaluateClaimed(): Promise<void> {
    const { leases } = this.#options;
    const turns = new Turns(AT_ONCE);
    let claimed: Lease[];
    do {
      claimed = this.#stopped ? [] : await leases.claim(AT_ONCE);
      await Promise.all(
        claimed.map(lease => turns.run(() => this.#evaluate(lease))),
      );
    } while (claimed.length === AT_ONCE);
  }

  async #evaluate(lease: Lease): Promise<void> {
    const { leases, logger, everyMs } = this.#options;
    const { entityRef } = lease;
    try {
      await this.#evaluateComponent(lease);
    } catch (error) {
      this.#say(entityRef, `it failed: ${error}`);
      // What failed is tried again at its time; where even this fails, the lease ends by itself.
      await leases
        .release(lease, everyMs)
        .catch(reason =>
          logger.warn(
            `The lease of ${entityRef} was not given back: ${reason}`,
          ),
        );
    }
  }

  async #evaluateComponent(lease: Lease): Promise<void> {
    const { entities, evaluations, observer, signals, everyMs } = this.#options;
    const { entityRef } = lease;
    const entity = entities.get(entityRef);
    if (!entity) {
      await this.#leave(lease);
      return;
    }
    const seen = await observer.observe(entity);
    const [conditions, open] = await Promise.all([
      evaluations.conditions(entityRef),
      evaluations.open(entityRef),
    ]);
    const outcome = decideOutcome({
      ...seen,
      conditions,
      open,
      now: this.#options.now().getTime(),
    });
    const dueMs = seen.isWatched ? everyMs : Math.max(everyMs, IDLE_MS);
    const isWritten = await evaluations.commit(lease, outcome, { dueMs });
    this.#say(entityRef, seen.problems[0]);
    if (isWritten && isNews(outcome)) {
      await signals.changed(entityRef);
    }
  }

  /** The catalog does not know it any more, or it names no workloads. */
  async #leave(lease: Lease): Promise<void> {
    const { entities, evaluations, leases, signals, now } = this.#options;
    if (!entities.isComplete) {
      await leases.release(lease, IDLE_MS);
      return;
    }
    const [open, conditions] = await Promise.all([
      evaluations.open(lease.entityRef),
      evaluations.conditions(lease.entityRef),
    ]);
    const at = now().getTime();
    const resolution = 'it is no longer in the catalog, or names no workloads';
    const outcome: Outcome = {
      conditions: [],
      forget: [...conditions.keys()].map(key => {
        const [environment, kind, name]: string[] = JSON.parse(key);
        return { environment, kind, name };
      }),
      started: [],
      seen: [],
      resolved: open.map(({ id }) => ({ id, at, resolution })),
    };
    const isWritten = await evaluations.commit(lease, outcome, 'gone');
    if (isWritten && isNews(outcome)) {
      await signals.changed(lease.entityRef);
    }
  }

  #say(entityRef: string, problem: string | undefined): void {
    if (this.#said.get(entityRef) === problem) {
      return;
    }
    if (problem) {
      this.#said.set(entityRef, problem);
      this.#options.logger.warn(`Alerts of ${entityRef}: ${problem}`);
    } else {
      this.#said.delete(entityRef);
    }
  }
}

function isNews({ started, seen, resolved }: Outcome): boolean {
  return (
    started.length > 0 || resolved.length > 0 || seen.some(each => each.isNews)
  );
}
