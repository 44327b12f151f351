import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bootstrap } from '../../cluster/bootstrap.ts';
import { SqliteStore } from '../../store/index.ts';
import { systemClock } from '../../system-clock.ts';
import type { PodLogs, PodMetrics } from '../../types.ts';
import { certificates, openApiServer } from '../index.ts';

export interface Answer {
  code: number;
  headers: Headers;
  // Tests read whatever came; what they expect is what they assert.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  body: any;
}

export interface ApiFixture {
  store: SqliteStore;
  port: number;
  ca: string;
  unexpected: unknown[];
  request(
    method: string,
    path: string,
    options?: RequestOptions,
  ): Promise<Answer>;
  /** Server-side apply. */
  apply(path: string, object: object, query?: string): Promise<Answer>;
  /** The raw response, for streams. */
  open(path: string, init?: RequestInit): Promise<Response>;
  stop(): Promise<void>;
}

export interface RequestOptions {
  body?: unknown;
  type?: string;
  headers?: Record<string, string>;
}

export const TOKEN = 'the-token';
export const APPLY = 'application/apply-patch+yaml';
export const MERGE = 'application/merge-patch+json';
export const JSON_PATCH = 'application/json-patch+json';
export const STRATEGIC = 'application/strategic-merge-patch+json';

/** The API over a store, without anything that runs pods. */
export async function startApi(
  parts: { logs?: PodLogs; metrics?: PodMetrics; historyLimit?: number } = {},
): Promise<ApiFixture> {
  const dataDir = mkdtempSync(join(tmpdir(), 'local-cluster-api-'));
  const clock = systemClock;
  const { historyLimit } = parts;
  const store = SqliteStore.open({ dataDir, clock, historyLimit });
  const base = bootstrap({ store, clock });
  const { ca, cert, key } = await certificates(dataDir, clock.now());
  const unexpected: unknown[] = [];
  const server = await openApiServer({
    port: 0,
    token: TOKEN,
    key,
    cert,
    onUnexpected: error => unexpected.push(error),
  });
  server.serve({ store, clock, extensions: [], ...parts });
  const url = `http://127.0.0.1:${server.port}`;
  const open = (path: string, init: RequestInit = {}) =>
    fetch(`${url}${path}`, {
      ...init,
      headers: { authorization: `Bearer ${TOKEN}`, ...init.headers },
    });
  const request: ApiFixture['request'] = async (
    method,
    path,
    { body, type = 'application/json', headers = {} } = {},
  ) => {
    const response = await open(path, {
      method,
      headers: {
        ...(body === undefined ? {} : { 'content-type': type }),
        ...headers,
      },
      body:
        body === undefined || typeof body === 'string'
          ? body
          : JSON.stringify(body),
    });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json');
    return {
      code: response.status,
      headers: response.headers,
      body: isJson ? JSON.parse(text) : text,
    };
  };
  return {
    store,
    port: server.port,
    ca,
    unexpected,
    request,
    open,
    apply: (path, object, query = 'fieldManager=test&force=true') =>
      request('PATCH', `${path}?${query}`, { body: object, type: APPLY }),
    async stop() {
      await server.stop();
      await base.stop();
      store.close();
      rmSync(dataDir, { recursive: true });
    },
  };
}

export const CONFIG_MAPS = '/api/v1/namespaces/default/configmaps';
export const PODS = '/api/v1/namespaces/default/pods';
export const DEPLOYMENTS = '/apis/apps/v1/namespaces/default/deployments';
export const SERVICES = '/api/v1/namespaces/default/services';

export const configMap = (
  name: string,
  data: Record<string, string> = {},
  labels = {},
) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, labels },
  data,
});

export const pod = (
  name: string,
  spec: object = {},
  container: object = {},
) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, labels: { app: name } },
  spec: {
    containers: [{ name: 'main', image: 'web:1', ...container }],
    ...spec,
  },
});

export const deployment = (
  name: string,
  spec: object = {},
  container: object = {},
) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name },
  spec: {
    selector: { matchLabels: { app: name } },
    template: {
      metadata: { labels: { app: name } },
      spec: { containers: [{ name: 'main', image: 'web:1', ...container }] },
    },
    ...spec,
  },
});
