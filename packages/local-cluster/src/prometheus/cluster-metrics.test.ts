import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { z } from 'zod';
import { makeRepository } from '../kubelet/cluster-fixture.ts';
import { until } from './testing/prometheus-fixture.ts';

const CLI = join(import.meta.dirname, '../cli.ts');

const SERVICE = `
  let scrapes = 0;
  require('node:http').createServer((request, response) => {
    if (request.url === '/metrics') {
      scrapes += 1;
      response.end('# TYPE scrapes_total counter\\nscrapes_total ' + scrapes + '\\n');
    } else if (request.url === '/call') {
      const { PAYMENTS_SERVICE_HOST: host, PAYMENTS_SERVICE_PORT: port } = process.env;
      fetch('http://' + host + ':' + port + '/fail').then(answer => {
        response.statusCode = answer.status;
        response.end();
      });
    } else {
      response.statusCode = request.url === '/fail' ? 503 : 200;
      response.end('ok');
    }
  }).listen(process.env.PORT, '127.0.0.1');
`;

const vectorSchema = z.object({
  data: z.object({
    result: z.array(
      z.object({
        metric: z.record(z.string(), z.string()),
        value: z.tuple([z.number(), z.string()]),
      }),
    ),
  }),
});

const builtSchema = z.object({ type: z.literal('result'), image: z.string() });

const serviceSchema = z.object({
  metadata: z.object({
    annotations: z.record(z.string(), z.string()).optional(),
  }),
});

/** A cluster in a process of its own, so that it can be killed. */
class ClusterProcess {
  readonly #child: ChildProcess;
  readonly #url: string;
  readonly #token: string;

  static async start(dataDir: string): Promise<ClusterProcess> {
    const child = spawn(
      process.execPath,
      [
        CLI,
        'start',
        '--data',
        dataDir,
        '--port',
        '0',
        '--scrape-interval',
        '1s',
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    const [line] = await once(child.stdout, 'data');
    const [url] = /https:\/\/127\.0\.0\.1:\d+/.exec(String(line)) ?? [];
    assert.ok(url, `it did not start: ${line}`);
    const token = readFileSync(join(dataDir, 'token'), 'utf8').trim();
    return new ClusterProcess(child, url.replace('https', 'http'), token);
  }

  private constructor(child: ChildProcess, url: string, token: string) {
    this.#child = child;
    this.#url = url;
    this.#token = token;
  }

  async fetch(path: string, body?: object): Promise<string> {
    const response = await fetch(this.#url + path, {
      method: body ? 'POST' : 'GET',
      headers: {
        authorization: `Bearer ${this.#token}`,
        'content-type': 'application/json',
      },
      body: body && JSON.stringify(body),
    });
    const text = await response.text();
    assert.ok(response.ok, `${path}: ${text}`);
    return text;
  }

  async query(expression: string) {
    const path = `/prometheus/api/v1/query?query=${encodeURIComponent(
      expression,
    )}`;
    return vectorSchema.parse(JSON.parse(await this.fetch(path))).data.result;
  }

  async kill(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode) return;
    const exited = once(this.#child, 'exit');
    this.#child.kill(signal);
    await exited;
  }
}

async function deploy(cluster: ClusterProcess, name: string, image: string) {
  const labels = { app: name, 'app.kubernetes.io/version': '1.2.3' };
  await cluster.fetch('/api/v1/namespaces/default/services', {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name },
    spec: { selector: { app: name }, ports: [{ port: 80 }] },
  });
  await cluster.fetch('/apis/apps/v1/namespaces/default/deployments', {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name },
    spec: {
      replicas: 1,
      selector: { matchLabels: { app: name } },
      template: {
        metadata: { labels, annotations: { 'prometheus.io/scrape': 'true' } },
        spec: {
          containers: [
            {
              name: 'main',
              image,
              resources: { limits: { memory: '256Mi', cpu: '500m' } },
              readinessProbe: { httpGet: { path: '/', port: 80 } },
            },
          ],
        },
      },
    },
  });
}

async function start(t: TestContext) {
  const dataDir = mkdtempSync(join(tmpdir(), 'local-cluster-metrics-'));
  const running: ClusterProcess[] = [];
  t.after(async () => {
    for (const cluster of running) await cluster.kill('SIGTERM');
    rmSync(dataDir, { recursive: true, force: true });
  });
  const next = async () => {
    const cluster = await ClusterProcess.start(dataDir);
    running.push(cluster);
    return cluster;
  };
  return { dataDir, next };
}

test('requests, containers and pods of a real cluster are in its metrics, also after kill -9', async t => {
  const { dataDir, next } = await start(t);
  const first = await next();
  const { url, sha } = await makeRepository(join(dataDir, 'repository'), {
    'ghostlight.yaml': 'run: { command: [node, main.js] }\n',
    'main.js': SERVICE,
  });
  const built = await first.fetch('/images', {
    name: 'service',
    repo: { url },
    sha,
  });
  const { image } = builtSchema.parse(
    JSON.parse(built.trim().split('\n').at(-1) ?? ''),
  );
  await deploy(first, 'payments', image);
  await deploy(first, 'orders', image);
  const ordersUrl = await until(
    async () =>
      serviceSchema.parse(
        JSON.parse(
          await first.fetch('/api/v1/namespaces/default/services/orders'),
        ),
      ).metadata.annotations?.['local-cluster/url'] ?? '',
    seen => seen !== '',
  );
  await until(
    async () => (await fetch(`${ordersUrl}/`)).status,
    seen => seen === 200,
  );
  await until(
    async () => (await fetch(`${ordersUrl}/call`)).status,
    seen => seen === 503,
  );

  const [edge] = await until(
    () =>
      first.query(
        'istio_requests_total{reporter="source",source_workload="orders",destination_workload="payments"}',
      ),
    seen => seen.length > 0,
  );
  const { metric } = edge;
  assert.equal(metric.response_code, '503');
  assert.equal(metric.response_flags, '-');
  assert.equal(metric.source_canonical_service, 'orders');
  assert.equal(metric.destination_canonical_revision, '1.2.3');
  assert.equal(
    metric.destination_service,
    'payments.default.svc.cluster.local',
  );
  const reporters = await first.query(
    'sum by (reporter) (istio_requests_total{destination_workload="payments",source_workload="orders"})',
  );
  assert.equal(reporters.length, 2);
  assert.equal(reporters[0].value[1], reporters[1].value[1]);
  const [people] = await first.query(
    'sum(istio_requests_total{reporter="source",source_workload="unknown",destination_service_name="orders",response_code="200"})',
  );
  assert.ok(Number(people.value[1]) >= 1);
  const [quantile] = await first.query(
    'histogram_quantile(1, sum by (le) (istio_request_duration_milliseconds_bucket{source_workload="orders"}))',
  );
  assert.ok(Number(quantile.value[1]) > 0);

  const [memory] = await first.query(
    'container_memory_working_set_bytes{container="main",pod=~"orders-.*"}',
  );
  assert.ok(Number(memory.value[1]) > 10e6);
  const [limit] = await first.query(
    'kube_pod_container_resource_limits{resource="memory",unit="byte",pod=~"orders-.*"}',
  );
  assert.equal(limit.value[1], String(256 * 1024 ** 2));
  const [specLimit] = await first.query(
    'container_spec_memory_limit_bytes{pod=~"orders-.*"}',
  );
  assert.equal(specLimit.value[1], limit.value[1]);
  const [cpu] = await until(
    () =>
      first.query('container_cpu_usage_seconds_total{pod=~"orders-.*"} > 0'),
    seen => seen.length > 0,
  );
  assert.equal(cpu.metric.image, image);
  const [restarts] = await first.query(
    'kube_pod_container_status_restarts_total{pod=~"orders-.*"}',
  );
  assert.equal(restarts.value[1], '0');
  await until(
    () =>
      first.query('kube_deployment_status_replicas_ready{deployment="orders"}'),
    seen => seen[0]?.value[1] === '1',
  );
  await until(
    () => first.query('scrapes_total > 2'),
    seen => seen.length === 2,
  );
  // What is killed may lose the last second: this sample is older.
  const edgeAt = Number(edge.value[0]);
  await until(
    () =>
      first.query(
        `count_over_time(istio_requests_total{source_workload="orders",reporter="source"}[1h]) > 3`,
      ),
    seen => seen.length > 0,
  );

  const before = await first.query(
    'count_over_time(scrapes_total{pod=~"orders-.*"}[1h])',
  );
  await first.kill('SIGKILL');
  const second = await next();
  const kept = await second.query(
    `count_over_time(scrapes_total{pod=~"orders-.*"}[1h])`,
  );
  assert.ok(Number(kept[0]?.value[1]) >= Number(before[0].value[1]) - 2);
  const then = await second.query(
    `istio_requests_total{source_workload="orders",reporter="source"} @ ${edgeAt}`,
  );
  assert.equal(then[0]?.metric.destination_workload, 'payments');
  await until(
    () => second.query('up{job="kubernetes-pods",app="orders"}'),
    seen => seen.some(({ value }) => value[1] === '1'),
  );
});
