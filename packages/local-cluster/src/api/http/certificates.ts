import { X509Certificate } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writePrivate } from './private-file.ts';

export interface Certificates {
  /** PEM, all of them */
  ca: string;
  cert: string;
  key: string;
}

const DAY_MS = 24 * 60 * 60 * 1000;
const VALID_DAYS = 3650;

function readKept(dataDir: string, now: Date): Certificates | undefined {
  const file = join(dataDir, 'certificates.json');
  if (!existsSync(file)) return undefined;
  const kept: Certificates = JSON.parse(readFileSync(file, 'utf8'));
  const validTo = Date.parse(new X509Certificate(kept.cert).validTo);
  return validTo - now.getTime() > 30 * DAY_MS ? kept : undefined;
}

async function make(now: Date): Promise<Certificates> {
  // Loaded only when it is needed: it holds several MB of memory.
  const { generate } = await import('selfsigned');
  const dates = {
    notBeforeDate: new Date(now.getTime() - DAY_MS),
    notAfterDate: new Date(now.getTime() + VALID_DAYS * DAY_MS),
    algorithm: 'sha256',
    keyType: 'ec' as const,
  };
  const ca = await generate(
    [{ name: 'commonName', value: 'local-cluster-ca' }],
    {
      ...dates,
      extensions: [
        { name: 'basicConstraints', cA: true, critical: true },
        { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
      ],
    },
  );
  const server = await generate([{ name: 'commonName', value: 'localhost' }], {
    ...dates,
    ca: { key: ca.private, cert: ca.cert },
    extensions: [
      { name: 'basicConstraints', cA: false },
      { name: 'keyUsage', digitalSignature: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: [
          { type: 2, value: 'localhost' },
          { type: 7, ip: '127.0.0.1' },
        ],
      },
    ],
  });
  return { ca: ca.cert, cert: server.cert, key: server.private };
}

/** The cluster's own certificates, made once and kept in the data folder. */
export async function certificates(
  dataDir: string,
  now: Date,
): Promise<Certificates> {
  const kept = readKept(dataDir, now);
  if (kept) return kept;
  const made = await make(now);
  writePrivate(join(dataDir, 'certificates.json'), JSON.stringify(made));
  return made;
}
