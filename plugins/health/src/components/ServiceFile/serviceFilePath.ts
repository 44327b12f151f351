import type { ServiceFileHealth } from '@ghostlight/plugin-health-common';

/**
 * A repository with an address of its own is linked to as a whole: how its
 * host writes the address of a line is not known here.
 */
export function serviceFilePath(
  forge: string | undefined,
  file: Pick<ServiceFileHealth, 'repository' | 'path' | 'sha' | 'state'>,
  line?: number,
): string | undefined {
  const { repository, path, sha, state } = file;
  if (!repository) {
    return undefined;
  }
  if (/^https?:\/\//.test(repository)) {
    return repository;
  }
  if (!forge) {
    return undefined;
  }
  const root = `${forge}/${encodeURIComponent(repository)}`;
  if (state === 'missing') {
    return root;
  }
  const encoded = path.split('/').map(encodeURIComponent).join('/');
  const at = sha ? `?ref=${encodeURIComponent(sha)}` : '';
  return `${root}/file/${encoded}${at}${line ? `#L${line}` : ''}`;
}
