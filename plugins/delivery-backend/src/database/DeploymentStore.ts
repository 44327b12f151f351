import { randomUUID } from 'node:crypto';
import {
  DatabaseService,
  resolvePackagePath,
} from '@backstage/backend-plugin-api';
import { ConflictError } from '@backstage/errors';
import {
  Deployment,
  DeploymentOrigin,
} from '@ghostlight/plugin-delivery-common';
import { Knex } from 'knex';
import { ACTIVE, DeploymentRow, OPEN, toDeployment } from './rows';

/** What a deployment is made of; the rest is decided here. */
export type NewDeployment = {
  entityRef: string;
  repository: string;
  environment: string;
  sha: string;
  by: string;
  origin: DeploymentOrigin;
  /** Idempotency key; without one each request is a deployment of its own, unless the same commit is on its way already. */
  key: string | undefined;
  /** Answer with the newest deployment of the component and environment if it is of the same commit already. */
  onlyIfNew: boolean;
};

/** Deployments in PostgreSQL, as those who ask for and look at them see them. */
export class DeploymentStore {
  static async create(database: DatabaseService): Promise<DeploymentStore> {
    const knex = await database.getClient();
    if (!database.migrations?.skip) {
      await knex.migrate.latest({
        directory: resolvePackagePath(
          '@ghostlight/plugin-delivery-backend',
          'migrations',
        ),
      });
    }
    return new DeploymentStore(knex);
  }

  private constructor(readonly knex: Knex) {}

  /**
   * Queues a deployment; older ones of the same component and environment give way to it. Requests for one component
   * and environment take turns, so that two replicas agree on which is the newer.
   */
  async request(
    input: NewDeployment,
  ): Promise<{ deployment: Deployment; changed: Deployment[] }> {
    return this.knex.transaction(async tx => {
      await lockTarget(tx, input.entityRef, input.environment);
      const known = await findKnown(tx, input);
      if (known) {
        return { deployment: toDeployment(known), changed: [] };
      }
      const id = randomUUID();
      const [row] = await tx<DeploymentRow>('deployments')
        .insert({
          id,
          entity_ref: input.entityRef,
          repository: input.repository,
          environment: input.environment,
          sha: input.sha,
          key: input.key ?? id,
          state: 'queued',
          requested_by: input.by,
          origin: input.origin,
          requested_at: tx.fn.now(),
        })
        .returning('*');
      const reason = `${input.sha.slice(0, 12)} took its place`;
      const stopped = await stopOpen(tx, {
        entityRef: input.entityRef,
        environment: input.environment,
        reason,
        by: id,
      });
      return {
        deployment: toDeployment(row),
        changed: [row, ...stopped].map(toDeployment),
      };
    });
  }

  /** Takes queued deployments back and asks running ones to stop. */
  async stop(
    entityRef: string,
    environment: string,
    reason: string,
  ): Promise<Deployment[]> {
    return this.knex.transaction(async tx => {
      await lockTarget(tx, entityRef, environment);
      const rows = await stopOpen(tx, { entityRef, environment, reason });
      return rows.map(toDeployment);
    });
  }

  async isActive(entityRef: string, environment: string): Promise<boolean> {
    const row = await this.knex<DeploymentRow>('deployments')
      .where({ entity_ref: entityRef, environment })
      .whereIn('state', [...ACTIVE])
      .first('id');
    return row !== undefined;
  }

  async get(id: string): Promise<Deployment | undefined> {
    const row = await this.knex<DeploymentRow>('deployments')
      .where({ id })
      .first();
    return row && toDeployment(row);
  }

  async list(query: {
    entityRef?: string;
    environment?: string;
    page: number;
    pageSize: number;
  }): Promise<{ items: Deployment[]; total: number }> {
    const where = this.knex<DeploymentRow>('deployments').modify(builder => {
      if (query.entityRef) {
        builder.where('entity_ref', query.entityRef);
      }
      if (query.environment) {
        builder.where('environment', query.environment);
      }
    });
    const [{ count }] = await where.clone().count({ count: '*' });
    const rows = await where
      .clone()
      .select('*')
      .orderBy('ordinal', 'desc')
      .limit(query.pageSize)
      .offset((query.page - 1) * query.pageSize);
    return { items: rows.map(toDeployment), total: Number(count) };
  }

  /** The component that was last deployed from a repository. */
  async componentOf(repository: string): Promise<string | undefined> {
    const row = await this.knex<DeploymentRow>('deployments')
      .where({ repository })
      .orderBy('ordinal', 'desc')
      .first('entity_ref');
    return row?.entity_ref;
  }

  /** The repository that a component was last deployed from. */
  async repositoryOf(entityRef: string): Promise<string | undefined> {
    const row = await this.knex<DeploymentRow>('deployments')
      .where({ entity_ref: entityRef })
      .orderBy('ordinal', 'desc')
      .first('repository');
    return row?.repository;
  }
}

async function lockTarget(
  tx: Knex.Transaction,
  entityRef: string,
  environment: string,
): Promise<void> {
  await tx.raw('SELECT pg_advisory_xact_lock(hashtextextended(?, 0))', [
    `ghostlight.delivery ${entityRef} ${environment}`,
  ]);
}

async function findKnown(
  tx: Knex.Transaction,
  input: NewDeployment,
): Promise<DeploymentRow | undefined> {
  if (input.key !== undefined) {
    const same = await tx<DeploymentRow>('deployments')
      .where({
        repository: input.repository,
        environment: input.environment,
        key: input.key,
      })
      .first();
    if (same && same.sha !== input.sha) {
      throw new ConflictError(
        `Key ${input.key} was used for ${same.sha.slice(0, 12)} of ${
          input.repository
        } in ${input.environment}; use another key to deploy ${input.sha.slice(
          0,
          12,
        )}`,
      );
    }
    if (same) {
      return same;
    }
  }
  const newest = await tx<DeploymentRow>('deployments')
    .where({ entity_ref: input.entityRef, environment: input.environment })
    .orderBy('ordinal', 'desc')
    .first();
  if (newest?.sha !== input.sha) {
    return undefined;
  }
  // Who asks for a commit that is on its way already, by whatever door, gets that deployment and not a second one.
  const isOnItsWay = input.key === undefined && OPEN.includes(newest.state);
  return input.onlyIfNew || isOnItsWay ? newest : undefined;
}

async function stopOpen(
  tx: Knex.Transaction,
  options: {
    entityRef: string;
    environment: string;
    reason: string;
    by?: string;
  },
): Promise<DeploymentRow[]> {
  const others = () =>
    tx<DeploymentRow>('deployments')
      .where({
        entity_ref: options.entityRef,
        environment: options.environment,
      })
      .modify(query => {
        if (options.by) {
          query.whereNot('id', options.by);
        }
      });
  const queued = await others()
    .where('state', 'queued')
    .update({
      state: 'superseded',
      reason: options.reason,
      superseded_by: options.by ?? null,
      finished_at: tx.fn.now(),
      version: tx.raw('version + 1'),
    })
    .returning('*');
  const running = await others()
    .whereIn(
      'state',
      OPEN.filter(state => state !== 'queued'),
    )
    .update({
      stop_reason: options.reason,
      superseded_by: options.by ?? null,
      version: tx.raw('version + 1'),
    })
    .returning('*');
  return [...queued, ...running];
}
