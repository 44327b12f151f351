import {
  Deployment,
  DeploymentState,
} from '@ghostlight/plugin-delivery-common';
import { Knex } from 'knex';
import { ACTIVE, DeploymentRow, OPEN, toDeployment } from './rows';

/** A deployment that this replica may work on until its lease ends. */
export type Claim = {
  deployment: Deployment;
  /** How often a replica began with it, this time included. */
  attempts: number;
  /** Somebody asked it to stop before it was claimed. */
  stopReason: string | undefined;
};

const UNIQUE_VIOLATION = '23505';

/**
 * Which replica works on which deployment.
 *
 * @remarks
 * A lease is renewed while a replica lives; when it is killed another one claims the deployment after the lease ended.
 * All writes are conditional on holding the lease, and times are those of the database, so that clocks may differ.
 */
export class ClaimStore {
  constructor(
    private readonly knex: Knex,
    private readonly options: { owner: string; leaseMs: number },
  ) {}

  get leaseMs(): number {
    return this.options.leaseMs;
  }

  /** The oldest deployment that nobody works on and that no other of its component and environment holds up. */
  async claim(): Promise<Claim | undefined> {
    try {
      const { rows } = await this.knex.raw<{ rows: DeploymentRow[] }>(
        `UPDATE deployments SET
           state = 'building', attempts = attempts + 1, version = version + 1,
           lease_owner = ?, lease_until = now() + ? * interval '1 ms'
         WHERE id = (
           SELECT id FROM deployments AS mine
           WHERE state = ANY(?) AND (lease_until IS NULL OR lease_until < now())
             AND NOT EXISTS (
               SELECT 1 FROM deployments AS other
               WHERE other.entity_ref = mine.entity_ref AND other.environment = mine.environment
                 AND other.id <> mine.id AND other.state = ANY(?))
           ORDER BY ordinal FOR UPDATE SKIP LOCKED LIMIT 1)
         RETURNING *`,
        [this.options.owner, this.options.leaseMs, [...OPEN], [...ACTIVE]],
      );
      const [row] = rows;
      return (
        row && {
          deployment: toDeployment(row),
          attempts: row.attempts,
          stopReason: row.stop_reason ?? undefined,
        }
      );
    } catch (error) {
      // Two replicas took two deployments of the same component at once; the index let one of them through.
      if (isUniqueViolation(error)) {
        return undefined;
      }
      throw error;
    }
  }

  /** Keeps the lease. Says when it was lost, or that the deployment should stop. */
  async renew(id: string): Promise<{ held: boolean; stopReason?: string }> {
    const [row] = await this.mine(id)
      .update({
        lease_until: this.knex.raw(`now() + ? * interval '1 ms'`, [
          this.options.leaseMs,
        ]),
      })
      .returning('stop_reason');
    return row
      ? { held: true, stopReason: row.stop_reason ?? undefined }
      : { held: false };
  }

  /** Writes progress; undefined if the lease was lost. */
  async advance(
    id: string,
    change: { state: DeploymentState; image?: string },
  ): Promise<Deployment | undefined> {
    const [row] = await this.mine(id)
      .update({ ...change, version: this.knex.raw('version + 1') })
      .returning('*');
    return row && toDeployment(row);
  }

  /** Writes the end; undefined if the lease was lost. */
  async finish(
    id: string,
    end: {
      state: 'succeeded' | 'failed' | 'superseded';
      reason?: string;
      url?: string;
    },
  ): Promise<Deployment | undefined> {
    const [row] = await this.mine(id)
      .update({
        ...end,
        finished_at: this.knex.fn.now(),
        version: this.knex.raw('version + 1'),
        lease_owner: null,
        lease_until: null,
      })
      .returning('*');
    return row && toDeployment(row);
  }

  /** Gives the deployment back at once, so that another replica continues it. */
  async release(id: string): Promise<void> {
    await this.mine(id).update({ lease_owner: null, lease_until: null });
  }

  private mine(id: string) {
    return this.knex<
      DeploymentRow & { lease_owner: string | null; lease_until: Date | null }
    >('deployments')
      .where({ id, lease_owner: this.options.owner })
      .whereIn('state', [...ACTIVE]);
  }
}

function isUniqueViolation(error: unknown): boolean {
  return (
    error instanceof Error && 'code' in error && error.code === UNIQUE_VIOLATION
  );
}
