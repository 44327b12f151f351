import type { LoggerService } from '@backstage/backend-plugin-api';
import { parseEntityRef } from '@backstage/catalog-model';
import type { NotificationService } from '@backstage/plugin-notifications-node';
import type { Alert } from '@ghostlight/plugin-health-common';
import type { AlertStore } from '../database/AlertStore';

const TOPIC = 'Alerts';
const RETRY_MS = 60_000;

/**
 * Tells the owners of a component that a critical alert began. What could not be sent is tried again every minute while
 * the alert fires; the scope makes a notification that is sent twice one.
 */
export class AlertNotifier {
  readonly #alerts: Pick<AlertStore, 'takeToNotify' | 'notified'>;
  readonly #notifications: NotificationService;
  readonly #logger: LoggerService;

  constructor(options: {
    alerts: Pick<AlertStore, 'takeToNotify' | 'notified'>;
    notifications: NotificationService;
    logger: LoggerService;
  }) {
    this.#alerts = options.alerts;
    this.#notifications = options.notifications;
    this.#logger = options.logger;
  }

  async notifyDue(): Promise<void> {
    for (const alert of await this.#alerts.takeToNotify(RETRY_MS)) {
      try {
        await this.#notifications.send({
          // Of a component, those who own it are meant.
          recipients: { type: 'entity', entityRef: alert.entityRef },
          payload: payloadOf(alert),
        });
        await this.#alerts.notified(alert.id);
      } catch (error) {
        this.#logger.warn(
          `The owners of ${alert.entityRef} were not notified of its alert ${alert.name}, it is tried again: ${error}`,
        );
      }
    }
  }
}

function payloadOf(alert: Alert) {
  const { kind, namespace, name } = parseEntityRef(alert.entityRef);
  const path = ['catalog', namespace, kind, name].map(encodeURIComponent);
  const query = new URLSearchParams({ environment: alert.environment });
  return {
    title: `${name} in ${alert.environment}: ${alert.name}`,
    description: alert.summary,
    link: `/${path.join('/')}/health?${query}`,
    severity: 'critical' as const,
    topic: TOPIC,
    scope: `health:alert:${alert.id}`,
  };
}
