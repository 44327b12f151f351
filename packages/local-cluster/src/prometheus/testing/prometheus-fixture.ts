import { createServer, type RequestListener } from 'node:http';
import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { z } from 'zod';
import type { RequestCount } from '../../proxy/index.ts';
import type { ContainerUsage } from '../../kubelet/index.ts';
import { SqliteStore } from '../../store/index.ts';
import { systemClock } from '../../system-clock.ts';
import type { KubeObject } from '../../types.ts';
import { startPrometheus, type PrometheusDeps } from '../index.ts';

const answerSchema = z.object({
  status: z.enum(['success', 'error']),
  data: z.unknown().optional(),
  warnings: z.array(z.string()).optional(),
  errorType: z.string().optional(),
  error: z.string().optional(),
});

export type Answer = z.infer<typeof answerSchema> & { code: number };

const vectorSchema = z.object({
  result: z.array(
    z.object({
      metric: z.record(z.string(), z.string()),
      value: z.tuple([z.number(), z.string()]),
    }),
  ),
});

const targetsSchema = z.object({
  activeTargets: z.array(
    z.looseObject({
      labels: z.record(z.string(), z.string()),
      discoveredLabels: z.record(z.string(), z.string()),
      scrapeUrl: z.string(),
      lastError: z.string(),
      health: z.string(),
    }),
  ),
});

/** Prometheus over a real store and real HTTP; the tests play the kubelet and the pods. */
export class PrometheusFixture {
  readonly store: SqliteStore;
  readonly counts: RequestCount[] = [];
  readonly containers: ContainerUsage[] = [];
  readonly #t: TestContext;
  readonly #url: string;

  static async start(
    t: TestContext,
    options: Partial<PrometheusDeps> = {},
  ): Promise<PrometheusFixture> {
    const dataDir = mkdtempSync(join(tmpdir(), 'prometheus-'));
    const store = SqliteStore.open({ dataDir, clock: systemClock });
    const parts: { fixture?: PrometheusFixture } = {};
    const prometheus = await startPrometheus({
      store,
      clock: systemClock,
      dataDir,
      proxy: { requests: () => parts.fixture?.counts ?? [] },
      kubelet: { containers: () => parts.fixture?.containers ?? [] },
      intervalMs: 100,
      ...options,
    });
    const { handle } = prometheus.extension;
    const port = await serve(t, (request, response) => {
      const url = new URL(request.url ?? '/', 'http://localhost');
      handle(request, response, url).catch(error => {
        response.statusCode = 500;
        response.end(String(error));
      });
    });
    t.after(async () => {
      await prometheus.stop();
      rmSync(dataDir, { recursive: true, force: true });
    });
    parts.fixture = new PrometheusFixture(t, store, port);
    return parts.fixture;
  }

  private constructor(t: TestContext, store: SqliteStore, port: number) {
    this.#t = t;
    this.store = store;
    this.#url = `http://127.0.0.1:${port}/prometheus/api/v1/`;
  }

  /** A pod as the kubelet would show it, whose process is `handler`. */
  async pod(
    name: string,
    handler: RequestListener,
    annotations: Record<string, string> = {},
  ): Promise<KubeObject> {
    const port = await serve(this.#t, handler);
    return this.store.create({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: {
        namespace: 'default',
        name,
        labels: { 'app.kubernetes.io/name': name },
        annotations: {
          'local-cluster/port': String(port),
          'prometheus.io/scrape': 'true',
          'prometheus.io/port': '8080',
          ...annotations,
        },
      },
      spec: { nodeName: 'local', containers: [{ name: 'main' }] },
      status: { phase: 'Running' },
    });
  }

  async ask(path: string, init?: RequestInit): Promise<Answer> {
    const response = await fetch(this.#url + path, init);
    const answer = answerSchema.parse(JSON.parse(await response.text()));
    return { ...answer, code: response.status };
  }

  /** Values of an instant query, by the value of one label. */
  async query(
    expression: string,
    label = 'pod',
  ): Promise<Record<string, string>> {
    const answer = await this.ask(
      `query?query=${encodeURIComponent(expression)}`,
    );
    const { result } = vectorSchema.parse(answer.data);
    return Object.fromEntries(
      result.map(({ metric, value }) => [metric[label] ?? '', value[1]]),
    );
  }

  async target(pod: string) {
    const { activeTargets } = targetsSchema.parse(
      (await this.ask('targets')).data,
    );
    return activeTargets.find(({ labels }) => labels.pod === pod);
  }
}

/** A server in this process; returns its port. */
export async function serve(
  t: TestContext,
  handler: RequestListener,
): Promise<number> {
  const server = createServer(handler);
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });
  t.after(() => {
    server.close();
    server.closeAllConnections();
  });
  const address: AddressInfo | string | null = server.address();
  if (address === null || typeof address === 'string') {
    throw new Error('the server has no port');
  }
  return address.port;
}

/** Looks again until it is true; fails after 10 s with what was seen last. */
export async function until<T>(
  look: () => Promise<T> | T,
  holds: (seen: T) => boolean,
): Promise<T> {
  const giveUpAt = Date.now() + 10_000;
  for (;;) {
    const seen = await look();
    if (holds(seen)) return seen;
    if (Date.now() > giveUpAt) {
      throw new Error(`never came true, last seen: ${JSON.stringify(seen)}`);
    }
    await new Promise(resolve => setTimeout(resolve, 10));
  }
}
