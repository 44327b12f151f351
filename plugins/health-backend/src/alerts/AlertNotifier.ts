import type { LoggerService } from '@backstage/backend-plugin-api';
import { parseEntityRef } from '@backstage/catalog-model';
import type { NotificationService } from '@backstage/plugin-notifications-node';
import { durationWords } from '@ghostlight/plugin-clusters-node';
import type { Alert } from '@ghostlight/plugin-health-common';
import type { AlertStore } from '../database/AlertStore';

const TOPIC = 'Alerts';
const RETRY_MS = 60_000;

/**
 * Tells the owners of a component that a critical alert began, and that it ended: the scope makes it one notification,
 * which says how things are. What could not be sent is tried again every minute, as long as it is news.
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
        await this.#alerts.notified(alert);
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
  const title = `${name} in ${alert.environment}: ${alert.name}`;
  const shared = {
    link: `/${path.join('/')}/health?${query}`,
    topic: TOPIC,
    scope: `health:alert:${alert.id}`,
  };
  return alert.state === 'firing'
    ? {
        ...shared,
        title,
        description: alert.summary,
        severity: 'critical' as const,
      }
    : {
        ...shared,
        title: `${title} has ended`,
        description: endWords(alert),
        severity: 'low' as const,
      };
}

/** `It lasted 6 min: errors were above 5 %, at worst 20 %.` */
function endWords(alert: Alert): string {
  const { startedAt, resolvedAt, resolution, summary } = alert;
  const lasted = durationWords(
    Date.parse(resolvedAt ?? alert.lastSeenAt) - Date.parse(startedAt),
  );
  const why = resolution ? ` It ended because ${resolution}.` : '';
  return `It lasted ${lasted}: ${summary}.${why}`;
}
