import { usePermission } from '@backstage/plugin-permission-react';
import { forgeRepositoryWritePermission } from '@ghostlight/plugin-forge-common';

/** Whether the person may change the repository; `undefined` while that is not known. */
export function useMayWrite(repository: string): boolean | undefined {
  const { loading, allowed } = usePermission({
    permission: forgeRepositoryWritePermission,
    resourceRef: repository,
  });
  return loading ? undefined : allowed;
}
