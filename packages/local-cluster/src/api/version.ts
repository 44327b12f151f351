import { arch, platform } from 'node:os';

/** The release of Kubernetes whose API is spoken. */
export const KUBERNETES_VERSION = 'v1.32.0';

export const version = {
  major: '1',
  minor: '32',
  gitVersion: `${KUBERNETES_VERSION}+local-cluster`,
  gitCommit: 'local-cluster',
  gitTreeState: 'clean',
  buildDate: '1970-01-01T00:00:00Z',
  goVersion: `node ${process.version}`,
  compiler: 'node',
  platform: `${platform()}/${arch() === 'x64' ? 'amd64' : arch()}`,
};
