import {
  createPermissionResourceRef,
  createPermissionRule,
} from '@backstage/plugin-permission-node';
import { RESOURCE_TYPE_FORGE_REPOSITORY } from '@ghostlight/plugin-forge-common';
import { z } from 'zod';

/** What rules look at. */
export interface OwnedRepository {
  name: string;
  owner: string;
}

export interface RepositoryQuery {
  owners: string[];
}

export const repositoryResourceRef = createPermissionResourceRef<
  OwnedRepository,
  RepositoryQuery
>().with({
  pluginId: 'forge',
  resourceType: RESOURCE_TYPE_FORGE_REPOSITORY,
});

/** Also used without the permission framework, for git tokens: see `service/Access.ts`. */
export const isOwnedBy = createPermissionRule({
  name: 'IS_OWNED_BY',
  description: 'Allow repositories that belong to one of these users or groups',
  resourceRef: repositoryResourceRef,
  paramsSchema: z.object({
    claims: z
      .array(z.string())
      .describe('Entity refs that count as the caller'),
  }),
  apply: (repository, { claims }) => claims.includes(repository.owner),
  toQuery: ({ claims }) => ({ owners: claims }),
});
