import { LoggerService } from '@backstage/backend-plugin-api';
import { SignalsService } from '@backstage/plugin-signals-node';
import { Deployment } from '@ghostlight/plugin-delivery-common';

/** Tells browsers that a deployment changed; they fetch what they may see. */
export class ChangeSignals {
  constructor(
    private readonly signals: SignalsService,
    private readonly logger: LoggerService,
  ) {}

  publish(changed: readonly Deployment[]): void {
    for (const { id, version } of changed) {
      this.signals
        .publish({
          recipients: { type: 'broadcast' },
          channel: 'delivery',
          message: { kind: 'deployment', id, version },
        })
        .catch(error =>
          this.logger.warn(`No signal was sent for deployment ${id}`, error),
        );
    }
  }
}
