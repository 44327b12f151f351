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
        prometheus: { url: 'http://prometheus/x/', token: 'hush' },
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

describe('metrics', () => {
  const prometheus = { url: 'http://prometheus:9090' };
  const queries = {
    requests: 'sum(rate(r{n="$namespace",w="$workload"}[$window]))',
    errors: 'sum(rate(e{n="$namespace",w="$workload"}[$window]))',
    durations: 'sum by (le) (rate(d{n="$namespace",w="$workload"}[$window]))',
  };
  const app = { preset: 'app', queries };

  it('have Istio’s names unless said otherwise, and sensible times', () => {
    const { metrics, environments } = read([
      {
        ...environment,
        prometheus: {
          ...prometheus,
          token: 'hush',
          headers: { 'X-Scope-OrgID': 'shop' },
          scrapeInterval: 'PT5S',
        },
      },
      { ...environment, name: 'blind' },
    ]);
    expect(metrics).toEqual(
      new Map([
        [
          'local',
          {
            prometheus: {
              url: 'http://prometheus:9090',
              token: 'hush',
              headers: { 'X-Scope-OrgID': 'shop' },
              timeoutMs: 10_000,
              scrapeIntervalMs: 5_000,
            },
            names: {
              preset: 'istio',
              reporter: 'source',
              labels: {},
              queries: {},
              durationUnit: 'seconds',
            },
          },
        ],
      ]),
    );
    expect(JSON.stringify(environments)).not.toContain('hush');
  });

  it('take queries of one’s own', () => {
    const { metrics } = read([{ ...environment, prometheus, metrics: app }]);
    expect(metrics.get('local')?.names).toMatchObject(app);
  });

  it.each<[string, JsonObject, RegExp]>([
    [
      'metrics without a Prometheus',
      { metrics: { preset: 'istio' } },
      /environments\[0\]\.prometheus: is missing/,
    ],
    [
      'an address that is none',
      { prometheus: { url: 'prometheus:9090' } },
      /environments\[0\]\.prometheus\.url: must be an http or https URL/,
    ],
    [
      'a time that is none',
      { prometheus: { ...prometheus, timeout: 'soon' } },
      /prometheus\.timeout: must be a duration, e\.g\. PT15S/,
    ],
    [
      'a header that would be two',
      { prometheus: { ...prometheus, headers: { a: 'b\r\nc: d' } } },
      /prometheus\.headers\.a: must be one line/,
    ],
    [
      'a preset nobody knows',
      { prometheus, metrics: { preset: 'linkerd' } },
      /metrics\.preset: must be istio or app/,
    ],
    [
      'a label that is not asked for',
      { prometheus, metrics: { preset: 'istio', labels: { workload: 'w' } } },
      /metrics\.labels\.workload: is none of the labels .*destination_workload/,
    ],
    [
      'the name of a label that is none',
      { prometheus, metrics: { preset: 'istio', labels: { pod: 'a"b' } } },
      /metrics\.labels\.pod: must be the name of a Prometheus label/,
    ],
    [
      'own queries that are missing',
      { prometheus, metrics: { preset: 'app' } },
      /metrics\.queries\.requests: is missing.*queries\.durations: is missing/,
    ],
    [
      'own queries where they mean nothing',
      { prometheus, metrics: { preset: 'istio', queries } },
      /metrics\.queries\.requests: is fixed by the preset istio/,
    ],
    [
      'an own query about everything',
      {
        prometheus,
        metrics: {
          ...app,
          queries: { ...queries, errors: 'sum(rate(e[$window]))' },
        },
      },
      /metrics\.queries\.errors: has no \$namespace/,
    ],
    [
      'a histogram without its buckets',
      {
        prometheus,
        metrics: {
          ...app,
          queries: { ...queries, durations: queries.requests },
        },
      },
      /metrics\.queries\.durations: does not group by le/,
    ],
    [
      'a misspelled key',
      { prometheus: { ...prometheus, bearer: 'x' } },
      /environments\[0\]\.prometheus.*bearer/,
    ],
  ])('are refused with %s', (_, changes, expected) => {
    expect(() => read([{ ...environment, ...changes }])).toThrow(expected);
  });
});
