import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigReader } from '@backstage/config';
import type { JsonObject } from '@backstage/types';
import { readClustersConfig } from './readClustersConfig';

const pem = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n';
const environment = { name: 'local', tier: 'development', cluster: 'local' };
const cluster = {
  name: 'local',
  url: 'https://127.0.0.1:7010/',
  authProvider: 'serviceAccount',
  serviceAccountToken: 'very-secret',
};

function read(environments: JsonObject[], clusters: JsonObject[] = [cluster]) {
  return readClustersConfig(
    new ConfigReader({
      ghostlight: { environments },
      kubernetes: { clusterLocatorMethods: [{ type: 'config', clusters }] },
    }),
  );
}

describe('readClustersConfig', () => {
  it('reads environments with their defaults, and keeps tokens out of them', () => {
    const config = read([
      {
        ...environment,
        images: { builder: 'store', url: 'http://x/images/', token: 't' },
        prometheus: { url: 'http://later' },
      },
      { ...environment, name: 'live', tier: 'production', namespace: 'shop' },
    ]);
    expect(config.environments).toEqual([
      {
        name: 'local',
        tier: 'development',
        cluster: 'local',
        namespace: 'default',
        images: { builder: 'store' },
        deployOnPush: true,
      },
      {
        name: 'live',
        tier: 'production',
        cluster: 'local',
        namespace: 'shop',
        images: undefined,
        deployOnPush: false,
      },
    ]);
    expect(config.imageStores.get('local')).toMatchObject({
      url: 'http://x/images',
      token: 't',
    });
    expect(config.clusters.get('local')).toMatchObject({
      url: 'https://127.0.0.1:7010',
      token: 'very-secret',
    });
  });

  it('takes the certificate authority from data or from a file', () => {
    const file = join(mkdtempSync(join(tmpdir(), 'gl-ca-')), 'ca.crt');
    writeFileSync(file, pem);
    const config = read(
      [],
      [
        { ...cluster, caData: Buffer.from(pem).toString('base64') },
        { ...cluster, name: 'other', caFile: file },
      ],
    );
    expect(config.clusters.get('local')?.ca).toBe(pem);
    expect(config.clusters.get('other')?.ca).toBe(pem);
  });

  it('is empty without configuration, and leaves foreign locators alone', () => {
    expect(readClustersConfig(new ConfigReader({})).environments).toEqual([]);
    expect(
      readClustersConfig(
        new ConfigReader({
          kubernetes: { clusterLocatorMethods: [{ type: 'gke' }] },
        }),
      ).clusters.size,
    ).toBe(0);
  });

  it.each<[string, JsonObject[], JsonObject[], RegExp]>([
    [
      'a tier nobody knows',
      [{ ...environment, tier: 'prod' }],
      [cluster],
      /ghostlight\.environments\[0\]\.tier: must be development, staging or production/,
    ],
    [
      'an unknown cluster',
      [{ ...environment, cluster: 'mars' }],
      [cluster],
      /ghostlight\.environments\[0\]\.cluster: there is no cluster "mars" .*known: local/,
    ],
    [
      'a name used twice',
      [environment, environment],
      [cluster],
      /ghostlight\.environments\[1\]\.name: "local" is there twice/,
    ],
    [
      'a builder that does not exist',
      [{ ...environment, images: { builder: 'ci', url: 'http://x' } }],
      [cluster],
      /environments\[0\]\.images\.builder: must be "store"/,
    ],
    [
      'an auth provider that is not supported',
      [],
      [{ ...cluster, authProvider: 'google' }],
      /clusterLocatorMethods\[0\]\.clusters\[0\]\.authProvider: must be "serviceAccount"/,
    ],
    [
      'an address that is none',
      [],
      [{ ...cluster, url: 'ftp://x' }],
      /clusters\[0\]\.url: must be an http or https URL/,
    ],
    [
      'a certificate that is none',
      [],
      [{ ...cluster, caData: 'AAAA' }],
      /clusters\[0\]\.caData: is not a PEM certificate/,
    ],
    [
      'a certificate file that is not there',
      [],
      [{ ...cluster, caFile: '/nowhere/ca.crt' }],
      /clusters\[0\]\.caFile: cannot read \/nowhere\/ca.crt/,
    ],
    [
      'a cluster used twice',
      [],
      [cluster, cluster],
      /clusters\[1\]\.name: "local" is there twice/,
    ],
  ])('refuses %s and names the key', (_, environments, clusters, message) => {
    expect(() => read(environments, clusters)).toThrow(message);
  });

  it('never repeats a secret in an error', () => {
    expect(() => read([], [{ ...cluster, url: 7 }])).toThrow(
      expect.objectContaining({
        message: expect.not.stringContaining('very-secret'),
      }),
    );
  });
});
