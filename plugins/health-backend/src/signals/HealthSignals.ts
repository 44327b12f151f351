import type { LoggerService } from '@backstage/backend-plugin-api';
import type { SignalsService } from '@backstage/plugin-signals-node';
import type {
  ClustersService,
  WorkloadChange,
} from '@ghostlight/plugin-clusters-node';
import {
  HEALTH_SIGNAL_CHANNEL,
  type HealthSignal,
} from '@ghostlight/plugin-health-common';
import type { EntityIndex } from './EntityIndex';

/** Tells browsers whose health changed: of each entity at once, then at most once a window. */
export class HealthSignals {
  readonly #options: {
    clusters: ClustersService;
    index: Pick<EntityIndex, 'owners'>;
    signals: SignalsService;
    logger: LoggerService;
    windowMs: number;
    now: () => Date;
  };
  /** Entities that were told of in the current window, and whether they changed again since. */
  readonly #windows = new Map<string, { again: boolean }>();
  #version = 0;
  #stopped = false;

  constructor(options: {
    clusters: ClustersService;
    index: Pick<EntityIndex, 'owners'>;
    signals: SignalsService;
    logger: LoggerService;
    windowMs: number;
    now: () => Date;
  }) {
    this.#options = options;
  }

  /** @returns the function that stops it */
  start(): () => void {
    const unsubscribe = this.#options.clusters.onChange(change => {
      void this.#onChange(change);
    });
    return () => {
      this.#stopped = true;
      unsubscribe();
    };
  }

  async #onChange(change: WorkloadChange): Promise<void> {
    const { index, logger } = this.#options;
    try {
      const entityRefs = await index.owners(change);
      await Promise.all(entityRefs.map(ref => this.#changed(ref)));
    } catch (error) {
      logger.warn(`Could not tell of a change of ${change.name}: ${error}`);
    }
  }

  async #changed(entityRef: string): Promise<void> {
    const window = this.#windows.get(entityRef);
    if (window) {
      window.again = true;
      return;
    }
    this.#windows.set(entityRef, { again: false });
    const timer = setTimeout(() => {
      const { again } = this.#windows.get(entityRef) ?? { again: false };
      this.#windows.delete(entityRef);
      if (again && !this.#stopped) {
        void this.#changed(entityRef);
      }
    }, this.#options.windowMs);
    timer.unref();
    await this.#publish(entityRef);
  }

  async #publish(entityRef: string): Promise<void> {
    const { signals, now, logger } = this.#options;
    this.#version = Math.max(this.#version + 1, now().getTime());
    const message: HealthSignal = {
      kind: 'entity',
      id: entityRef,
      version: this.#version,
    };
    try {
      await signals.publish({
        recipients: { type: 'broadcast' },
        channel: HEALTH_SIGNAL_CHANNEL,
        message,
      });
    } catch (error) {
      logger.warn(`Could not signal that ${entityRef} changed: ${error}`);
    }
  }
}
