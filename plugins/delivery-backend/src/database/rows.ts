import {
  Deployment,
  DeploymentOrigin,
  DeploymentState,
} from '@ghostlight/plugin-delivery-common';

/** A row of `deployments`. */
export type DeploymentRow = {
  id: string;
  entity_ref: string;
  repository: string;
  environment: string;
  sha: string;
  key: string;
  state: DeploymentState;
  reason: string | null;
  requested_by: string;
  origin: DeploymentOrigin;
  image: string | null;
  url: string | null;
  superseded_by: string | null;
  stop_reason: string | null;
  requested_at: Date;
  finished_at: Date | null;
  version: number;
  attempts: number;
};

/** States in which a replica works on a deployment. */
export const ACTIVE: readonly DeploymentState[] = [
  'building',
  'applying',
  'rolling out',
];

/** States that are not final. */
export const OPEN: readonly DeploymentState[] = ['queued', ...ACTIVE];

export function toDeployment(row: DeploymentRow): Deployment {
  return {
    id: row.id,
    entityRef: row.entity_ref,
    repository: row.repository,
    environment: row.environment,
    sha: row.sha,
    key: row.key,
    state: row.state,
    version: row.version,
    by: row.requested_by,
    origin: row.origin,
    startedAt: row.requested_at.toISOString(),
    ...(row.reason !== null ? { reason: row.reason } : {}),
    ...(row.image !== null ? { image: row.image } : {}),
    ...(row.url !== null ? { url: row.url } : {}),
    ...(row.finished_at ? { finishedAt: row.finished_at.toISOString() } : {}),
    ...(row.superseded_by !== null ? { supersededBy: row.superseded_by } : {}),
  };
}
