import type { LoggerService } from '@backstage/backend-plugin-api';
import type { AlertStore } from '../database/AlertStore';

const EVERY_MS = 3_600_000;

/** Forgets alerts that ended long ago. Every replica does; it does no harm twice. */
export class AlertRetention {
  readonly #alerts: Pick<AlertStore, 'removeResolved'>;
  readonly #keepMs: number;
  readonly #logger: LoggerService;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: {
    alerts: Pick<AlertStore, 'removeResolved'>;
    keepMs: number;
    logger: LoggerService;
  }) {
    this.#alerts = options.alerts;
    this.#keepMs = options.keepMs;
    this.#logger = options.logger;
  }

  start(): void {
    this.#timer = setInterval(() => void this.sweep(), EVERY_MS);
    void this.sweep();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  async sweep(): Promise<void> {
    try {
      await this.#alerts.removeResolved(this.#keepMs);
    } catch (error) {
      this.#logger.warn(`Old alerts could not be removed: ${error}`);
    }
  }
}
