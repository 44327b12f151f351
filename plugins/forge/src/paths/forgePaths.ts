/** Where the pages of the forge are; branches and paths of files are told as people wrote them. */
export interface ForgePaths {
  repositories(): string;
  repository(name: string): string;
  tree(name: string, path: string, ref?: string): string;
  file(name: string, path: string, ref?: string): string;
  commits(name: string, options?: { ref?: string; path?: string }): string;
  commit(name: string, sha: string): string;
  branches(name: string): string;
  changes(name: string): string;
  change(name: string, number: number): string;
}

function query(fields: Record<string, string | undefined>): string {
  const params = new URLSearchParams();
  for (const [key, value] of Object.entries(fields)) {
    if (value) params.set(key, value);
  }
  return params.size > 0 ? `?${params}` : '';
}

const encode = (path: string) =>
  path.split('/').map(encodeURIComponent).join('/');

/** @param root - where the forge's page is mounted; `/forge` unless the portal is configured otherwise */
export function forgePaths(root: string = '/forge'): ForgePaths {
  const base = root.replace(/\/$/, '');
  const repository = (name: string) => `${base}/${encodeURIComponent(name)}`;
  return {
    repositories: () => base,
    repository,
    tree: (name, path, ref) =>
      path
        ? `${repository(name)}/tree/${encode(path)}${query({ ref })}`
        : `${repository(name)}${query({ ref })}`,
    file: (name, path, ref) =>
      `${repository(name)}/file/${encode(path)}${query({ ref })}`,
    commits: (name, options = {}) =>
      `${repository(name)}/commits${query({
        ref: options.ref,
        path: options.path,
      })}`,
    commit: (name, sha) => `${repository(name)}/commit/${sha}`,
    branches: name => `${repository(name)}/branches`,
    changes: name => `${repository(name)}/changes`,
    change: (name, number) => `${repository(name)}/changes/${number}`,
  };
}
