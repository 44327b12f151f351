import { randomUUID } from 'node:crypto';
import type { Knex } from 'knex';
import type { Condition } from '../alerts/decideAlert';
import { conditionKey } from '../alerts/Observation';
import type { OpenAlert, Outcome } from '../alerts/Outcome';
import type { AlertRow } from './alertRows';
import type { Lease, LeaseStore } from './LeaseStore';

interface ConditionRow {
  entity_ref: string;
  environment: string;
  kind: string;
  name: string;
  wrong_since: Date | null;
  right_since: Date | null;
  known_at: Date | null;
}

const LEASE_LOST = Symbol('lease lost');

/** What evaluations remember, and the alerts they start and end. */
export class EvaluationStore {
  readonly #knex: Knex;
  readonly #leases: LeaseStore;

  constructor(knex: Knex, leases: LeaseStore) {
    this.#knex = knex;
    this.#leases = leases;
  }

  /** By {@link conditionKey}. */
  async conditions(entityRef: string): Promise<Map<string, Condition>> {
    const rows = await this.#knex<ConditionRow>('alert_conditions').where({
      entity_ref: entityRef,
    });
    return new Map(
      rows.map(row => [
        conditionKey(row),
        {
          wrongSince: row.wrong_since?.getTime(),
          rightSince: row.right_since?.getTime(),
          knownAt: row.known_at?.getTime(),
        },
      ]),
    );
  }

  async open(entityRef: string): Promise<OpenAlert[]> {
    const rows = await this.#knex<AlertRow>('alerts').where({
      entity_ref: entityRef,
      state: 'firing',
    });
    return rows.map(row => ({
      id: row.id,
      environment: row.environment,
      kind: row.kind,
      name: row.name,
      side: row.side,
      severity: row.severity,
      threshold: row.threshold,
      worst: row.worst ?? undefined,
      lastSeenAt: row.last_seen_at.getTime(),
      isUnknown: row.unknown_since !== null,
    }));
  }

  /**
   * Writes what an evaluation came to, all or nothing, and gives the lease back.
   *
   * @returns false when the lease was lost: somebody else evaluates the entity, and nothing was written
   */
  async commit(
    lease: Lease,
    outcome: Outcome,
    next: { dueMs: number } | 'gone',
  ): Promise<boolean> {
    try {
      await this.#knex.transaction(async tx => {
        // First, for it locks the lease: nobody else writes until this has ended.
        const isHeld =
          next === 'gone'
            ? await this.#leases.remove(lease, tx)
            : await this.#leases.release(lease, next.dueMs, tx);
        if (!isHeld) {
          throw LEASE_LOST;
        }
        await writeConditions(tx, lease.entityRef, outcome);
        await writeAlerts(tx, lease.entityRef, outcome);
      });
      return true;
    } catch (error) {
      if (error === LEASE_LOST) {
        return false;
      }
      throw error;
    }
  }
}

async function writeConditions(
  tx: Knex,
  entityRef: string,
  { conditions, forget }: Outcome,
): Promise<void> {
  if (conditions.length > 0) {
    await tx<ConditionRow>('alert_conditions')
      .insert(
        conditions.map(({ environment, kind, name, condition }) => ({
          entity_ref: entityRef,
          environment,
          kind,
          name,
          wrong_since: toDate(condition.wrongSince),
          right_since: toDate(condition.rightSince),
          known_at: toDate(condition.knownAt),
        })),
      )
      .onConflict(['entity_ref', 'environment', 'kind', 'name'])
      .merge();
  }
  for (const { environment, kind, name } of forget) {
    await tx('alert_conditions')
      .where({ entity_ref: entityRef, environment, kind, name })
      .delete();
  }
}

async function writeAlerts(
  tx: Knex,
  entityRef: string,
  { started, seen, resolved }: Outcome,
): Promise<void> {
  if (started.length > 0) {
    await tx<AlertRow>('alerts').insert(
      started.map(({ environment, observation, wrongSince, at }) => ({
        id: randomUUID(),
        entity_ref: entityRef,
        environment,
        name: observation.name,
        kind: observation.kind,
        severity: observation.severity,
        state: 'firing',
        metric: observation.metric ?? null,
        side: observation.side,
        unit: observation.unit,
        threshold: observation.threshold,
        detail: observation.detail ?? null,
        worst: observation.reading?.value ?? null,
        latest: observation.reading?.value ?? null,
        started_at: new Date(at),
        wrong_since: new Date(wrongSince),
        last_seen_at: new Date(at),
        notify_at: observation.severity === 'critical' ? tx.fn.now() : null,
      })),
    );
  }
  for (const { id, isNews, escalated, ...change } of seen) {
    await tx<AlertRow>('alerts')
      .where({ id, state: 'firing' })
      .update({
        ...(change.observation && {
          severity: change.observation.severity,
          unit: change.observation.unit,
          side: change.observation.side,
          threshold: change.observation.threshold,
          detail: change.observation.detail ?? null,
        }),
        ...(change.latest !== undefined && {
          latest: change.latest,
          worst: change.worst,
          last_seen_at: new Date(change.at),
        }),
        unknown_since: toDate(change.unknownSince),
        ...(escalated && { notify_at: tx.fn.now() }),
        ...(isNews && { version: tx.raw('version + 1') }),
      });
  }
  for (const { id, at, resolution } of resolved) {
    await tx<AlertRow>('alerts')
      .where({ id, state: 'firing' })
      .update({
        state: 'resolved',
        resolved_at: new Date(at),
        resolution: resolution ?? null,
        version: tx.raw('version + 1'),
        // Who was told that it began is told that it ended.
        notify_at: tx.raw('CASE WHEN notified_at IS NOT NULL THEN now() END'),
      });
  }
}

function toDate(atMs: number | undefined): Date | null {
  return atMs === undefined ? null : new Date(atMs);
}
