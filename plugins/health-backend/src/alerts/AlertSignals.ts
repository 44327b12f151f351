import type { LoggerService } from '@backstage/backend-plugin-api';
import type { SignalsService } from '@backstage/plugin-signals-node';
import {
  HEALTH_SIGNAL_CHANNEL,
  type HealthSignal,
} from '@ghostlight/plugin-health-common';

/** Tells browsers that alerts, or what ghostlight.yaml says, changed; they fetch what they may see. */
export class AlertSignals {
  readonly #signals: SignalsService;
  readonly #logger: LoggerService;
  readonly #now: () => Date;
  #version = 0;

  constructor(options: {
    signals: SignalsService;
    logger: LoggerService;
    now: () => Date;
  }) {
    this.#signals = options.signals;
    this.#logger = options.logger;
    this.#now = options.now;
  }

  /** Never fails: screens also refetch by themselves. */
  async changed(entityRef: string): Promise<void> {
    this.#version = Math.max(this.#version + 1, this.#now().getTime());
    const message: HealthSignal = {
      kind: 'alerts',
      id: entityRef,
      version: this.#version,
    };
    try {
      await this.#signals.publish({
        recipients: { type: 'broadcast' },
        channel: HEALTH_SIGNAL_CHANNEL,
        message,
      });
    } catch (error) {
      this.#logger.warn(
        `Could not signal that alerts of ${entityRef} changed: ${error}`,
      );
    }
  }
}
