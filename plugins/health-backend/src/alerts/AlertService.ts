import type {
  AuditorService,
  BackstageCredentials,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import {
  ConflictError,
  InputError,
  isError,
  NotAllowedError,
  NotFoundError,
} from '@backstage/errors';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  healthAlertAcknowledgePermission,
  type Alert,
  type AlertPage,
  type AlertQuery,
} from '@ghostlight/plugin-health-common';
import type { Acknowledged, AlertStore } from '../database/AlertStore';
import type { Access } from '../service/Access';
import { callerKey } from '../service/callerKey';
import type { NameSource } from '../service/NameSource';
import type { AlertSignals } from './AlertSignals';

const DEFAULT_PAGE_SIZE = 20;
export const MAX_PAGE_SIZE = 100;
export const MAX_NOTE = 1_000;
/** The most entities one request may name. */
export const MAX_REFS = 1_000;

/** What callers may ask about alerts. Each method checks that they may. */
export class AlertService {
  readonly #access: Pick<Access, 'visible' | 'requireEntity'>;
  readonly #alerts: AlertStore;
  readonly #permissions: PermissionsService;
  readonly #auditor: AuditorService;
  readonly #names: Pick<NameSource, 'ofPeople'>;
  readonly #signals: AlertSignals;

  constructor(options: {
    access: Pick<Access, 'visible' | 'requireEntity'>;
    alerts: AlertStore;
    permissions: PermissionsService;
    auditor: AuditorService;
    names: Pick<NameSource, 'ofPeople'>;
    signals: AlertSignals;
  }) {
    this.#access = options.access;
    this.#alerts = options.alerts;
    this.#permissions = options.permissions;
    this.#auditor = options.auditor;
    this.#names = options.names;
    this.#signals = options.signals;
  }

  /**
   * A page of the alerts of entities that the caller may see. Which those are is asked before the page is cut, so that
   * pages are full and their number is right.
   */
  async list(
    query: AlertQuery,
    credentials: BackstageCredentials,
  ): Promise<AlertPage> {
    const {
      environment,
      state,
      page = 1,
      pageSize = DEFAULT_PAGE_SIZE,
    } = query;
    if (query.entityRefs && query.entityRefs.length > MAX_REFS) {
      throw new InputError(`At most ${MAX_REFS} entities at once`);
    }
    const asked = query.entityRefs
      ? query.entityRefs.map(canonical)
      : await this.#alerts.entityRefs({ environment, state });
    const entities = await this.#access.visible(asked, credentials);
    const entityRefs = [
      ...new Set(asked.filter((_, index) => entities[index])),
    ];
    const { items, total } = await this.#alerts.list(
      { entityRefs, environment, state },
      { page, pageSize },
    );
    return {
      items: await this.#named(items, credentials),
      page,
      totalPages: Math.max(1, Math.ceil(total / pageSize)),
      total,
    };
  }

  /** @throws `NotFoundError`, `NotAllowedError`, `ConflictError` */
  async acknowledge(
    id: string,
    { note }: { note?: string },
    credentials: BackstageCredentials,
  ): Promise<Alert> {
    if (note !== undefined && note.length > MAX_NOTE) {
      throw new InputError(`A note has at most ${MAX_NOTE} characters`);
    }
    const known = await this.#alerts.get(id);
    const isVisible =
      known &&
      (await this.#access.visible([known.entityRef], credentials))[0] !==
        undefined;
    if (!known || !isVisible) {
      throw new NotFoundError(`There is no alert ${id}, or you may not see it`);
    }
    const { entityRef } = known;
    const event = await this.#auditor.createEvent({
      eventId: 'alert-acknowledge',
      severityLevel: 'medium',
      meta: { alert: id, entityRef, environment: known.environment },
    });
    try {
      await this.#requireAcknowledge(entityRef, credentials);
      const { alert, outcome } = await this.#alerts.acknowledge(id, {
        by: callerKey(credentials),
        note: note?.trim() || undefined,
      });
      const isChanged = outcome === 'changed';
      if (isChanged) {
        await this.#signals.changed(entityRef);
      }
      const [named] = await this.#named([alert], credentials);
      refuse(named, outcome);
      await event.success({ meta: { changed: isChanged } });
      return named;
    } catch (error) {
      await event.fail({
        error: isError(error) ? error : new Error(String(error)),
      });
      throw error;
    }
  }

  async #requireAcknowledge(
    entityRef: string,
    credentials: BackstageCredentials,
  ): Promise<void> {
    const [decision] = await this.#permissions.authorize(
      [
        {
          permission: healthAlertAcknowledgePermission,
          resourceRef: entityRef,
        },
      ],
      { credentials },
    );
    if (decision.result !== AuthorizeResult.ALLOW) {
      throw new NotAllowedError(
        `You may not acknowledge alerts of ${entityRef}: only its owners and operators may`,
      );
    }
  }

  async #named(
    alerts: Alert[],
    credentials: BackstageCredentials,
  ): Promise<Alert[]> {
    const names = await this.#names.ofPeople(
      alerts.flatMap(({ acknowledged }) => acknowledged?.by ?? []),
      credentials,
    );
    return alerts.map(alert => {
      const { acknowledged } = alert;
      const byName = acknowledged && names.get(acknowledged.by);
      return acknowledged && byName
        ? { ...alert, acknowledged: { ...acknowledged, byName } }
        : alert;
    });
  }
}

/** @throws `ConflictError` when it has ended, or another person was first */
function refuse(
  { name, entityRef, acknowledged }: Alert,
  outcome: Acknowledged['outcome'],
): void {
  const which = `the alert ${name} of ${nameOf(entityRef)}`;
  if (outcome === 'ended') {
    throw new ConflictError(
      `There is nothing left to acknowledge: ${which} has ended`,
    );
  }
  if (outcome === 'taken' && acknowledged) {
    throw new ConflictError(
      `${
        acknowledged.byName ?? nameOf(acknowledged.by)
      } has acknowledged ${which} already`,
    );
  }
}

/** `orders` of `component:default/orders`; callers that are no people have other names. */
function nameOf(ref: string): string {
  return /^[^:/]+:[^:/]+\/(.+)$/.exec(ref)?.[1] ?? ref;
}

/** As entity refs are stored. */
function canonical(entityRef: string): string {
  try {
    return stringifyEntityRef(parseEntityRef(entityRef));
  } catch {
    throw new InputError(
      `"${entityRef.slice(
        0,
        100,
      )}" is no entity ref, expected kind:namespace/name`,
    );
  }
}
