import type { LoggerService } from '@backstage/backend-plugin-api';
import { z } from 'zod';
import type { AlertEvaluator } from '../alerts/AlertEvaluator';
import type { AlertSignals } from '../alerts/AlertSignals';
import type { LeaseStore } from '../database/LeaseStore';
import type { ServiceFileSource } from './ServiceFileSource';

const pushSchema = z.object({ repository: z.string() });

/**
 * A push to a repository makes its ghostlight.yaml be read again at once, and what it says be evaluated. One replica
 * gets the event; what others remember is a minute old at most.
 */
export class ServiceFilePushes {
  readonly #options: {
    files: Pick<ServiceFileSource, 'forget'>;
    leases: Pick<LeaseStore, 'hurry'>;
    signals: Pick<AlertSignals, 'changed'>;
    evaluator: Pick<AlertEvaluator, 'wake'>;
    logger: LoggerService;
  };

  constructor(options: {
    files: Pick<ServiceFileSource, 'forget'>;
    leases: Pick<LeaseStore, 'hurry'>;
    signals: Pick<AlertSignals, 'changed'>;
    evaluator: Pick<AlertEvaluator, 'wake'>;
    logger: LoggerService;
  }) {
    this.#options = options;
  }

  async onPush(payload: unknown): Promise<void> {
    const { files, leases, signals, evaluator, logger } = this.#options;
    const push = pushSchema.safeParse(payload);
    if (!push.success) {
      logger.warn('A push event names no repository; it was left alone');
      return;
    }
    const entityRefs = files.forget(push.data.repository);
    if (entityRefs.length === 0) {
      return;
    }
    await leases.hurry(entityRefs);
    evaluator.wake();
    await Promise.all(entityRefs.map(ref => signals.changed(ref)));
  }
}
