import { DeploymentLogLine } from '@ghostlight/plugin-delivery-common';
import { Knex } from 'knex';

/** Deployments of a component in an environment whose log is kept. */
const KEPT_LOGS = 50;

type LogRow = { n: string; at: Date; line: string };

/** The lines of deployments' logs. */
export class LogStore {
  constructor(private readonly knex: Knex) {}

  async append(
    id: string,
    lines: ReadonlyArray<{ at: Date; line: string }>,
  ): Promise<void> {
    if (lines.length > 0) {
      await this.knex('deployment_log').insert(
        lines.map(each => ({ deployment_id: id, ...each })),
      );
    }
  }

  async count(id: string): Promise<number> {
    const [{ count }] = await this.knex('deployment_log')
      .where({ deployment_id: id })
      .count({ count: '*' });
    return Number(count);
  }

  async read(
    id: string,
    after: number,
    limit: number,
  ): Promise<DeploymentLogLine[]> {
    const rows: LogRow[] = await this.knex('deployment_log')
      .where({ deployment_id: id })
      .andWhere('n', '>', after)
      .orderBy('n')
      .limit(limit)
      .select('n', 'at', 'line');
    return rows.map(row => ({
      n: Number(row.n),
      at: row.at.toISOString(),
      line: row.line,
    }));
  }

  /** Drops the logs of old deployments of a component; the deployments themselves stay. */
  async trim(entityRef: string, environment: string): Promise<void> {
    await this.knex('deployment_log')
      .whereIn(
        'deployment_id',
        this.knex('deployments')
          .where({ entity_ref: entityRef, environment })
          .orderBy('ordinal', 'desc')
          .offset(KEPT_LOGS)
          .select('id'),
      )
      .delete();
  }
}
