import { createPermission } from '@backstage/plugin-permission-common';

/** Resource type of repositories; a resource ref is the repository's name. */
export const RESOURCE_TYPE_FORGE_REPOSITORY = 'forge-repository';

/** May see repositories, their files, history and change requests, and clone them. */
export const forgeRepositoryReadPermission = createPermission({
  name: 'forge.repository.read',
  attributes: { action: 'read' },
});

/** May create repositories. The forge also asks {@link forgeRepositoryWritePermission} on the new one, so nobody creates for a stranger. */
export const forgeRepositoryCreatePermission = createPermission({
  name: 'forge.repository.create',
  attributes: { action: 'create' },
});

/** May push, commit, branch, and open, merge and close change requests. */
export const forgeRepositoryWritePermission = createPermission({
  name: 'forge.repository.write',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_FORGE_REPOSITORY,
});

/** May delete a repository with all it holds. */
export const forgeRepositoryDeletePermission = createPermission({
  name: 'forge.repository.delete',
  attributes: { action: 'delete' },
  resourceType: RESOURCE_TYPE_FORGE_REPOSITORY,
});

/** All permissions of the forge. */
export const forgePermissions = [
  forgeRepositoryReadPermission,
  forgeRepositoryCreatePermission,
  forgeRepositoryWritePermission,
  forgeRepositoryDeletePermission,
];
