import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { writePrivate } from '../api/index.ts';

/** The token of a data folder, made once: it is in use by clients that were configured with it. */
export function keepToken(dataDir: string): string {
  const file = join(dataDir, 'token');
  const kept = existsSync(file) ? readFileSync(file, 'utf8').trim() : '';
  if (kept !== '') return kept;
  const token = randomBytes(32).toString('base64url');
  writePrivate(file, `${token}\n`);
  return token;
}

/** Writes `ca.crt` and `kubeconfig`, by which clients reach the cluster. */
export function writeAccess(options: {
  dataDir: string;
  url: string;
  token: string;
  ca: string;
}): { kubeconfig: string } {
  const { dataDir, url, token, ca } = options;
  writePrivate(join(dataDir, 'ca.crt'), ca, 0o644);
  const kubeconfig = join(dataDir, 'kubeconfig');
  writePrivate(
    kubeconfig,
    stringify({
      apiVersion: 'v1',
      kind: 'Config',
      'current-context': 'local',
      clusters: [
        {
          name: 'local',
          cluster: {
            server: url,
            'certificate-authority-data': Buffer.from(ca).toString('base64'),
          },
        },
      ],
      users: [{ name: 'local', user: { token } }],
      contexts: [
        {
          name: 'local',
          context: { cluster: 'local', user: 'local', namespace: 'default' },
        },
      ],
    }),
  );
  return { kubeconfig };
}
