import type { ServerResponse } from 'node:http';
import { createClusters } from '../__testUtils__/createClusters';
import { FakeCluster, json, status } from '../__testUtils__/FakeCluster';
import { until } from '../__testUtils__/until';
import type { Clusters } from '../service/Clusters';
import type { LogChunk, LogOptions } from '../types';

const pod = { environment: 'local', namespace: 'default', name: 'orders-1' };
const PATH = '/api/v1/namespaces/default/pods/orders-1/log';

let fake: FakeCluster;
let clusters: Clusters;

beforeEach(async () => {
  fake = await FakeCluster.start();
  fake.routes.set('/api/v1', (_, response) =>
    json(response, 200, {
      resources: [{ name: 'pods', kind: 'Pod', namespaced: true }],
    }),
  );
  clusters = createClusters({ local: fake.url });
});

afterEach(async () => {
  await clusters.stop();
  await fake.stop();
});

async function read(options: Partial<LogOptions> = {}): Promise<LogChunk[]> {
  const chunks: LogChunk[] = [];
  const stream = clusters.logs(pod, {
    follow: false,
    signal: new AbortController().signal,
    ...options,
  });
  for await (const chunk of stream) {
    chunks.push(chunk);
  }
  return chunks;
}

describe('logs', () => {
  it('gives lines with the time they were written', async () => {
    fake.routes.set(PATH, (_, response) =>
      response.end(
        '2026-03-01T12:00:00.123456789Z one\n2026-03-01T12:00:01Z \n2026-03-01T12:00:02Z {"a": 1}\n',
      ),
    );
    expect(await read({ tailLines: 3 })).toEqual([
      {
        pod: 'orders-1',
        at: '2026-03-01T12:00:00.123456789Z',
        text: 'one',
        truncated: false,
      },
      {
        pod: 'orders-1',
        at: '2026-03-01T12:00:01Z',
        text: '',
        truncated: false,
      },
      {
        pod: 'orders-1',
        at: '2026-03-01T12:00:02Z',
        text: '{"a": 1}',
        truncated: false,
      },
    ]);
    expect(fake.requests.at(-1)).toBe(
      `GET ${PATH}?timestamps=true&tailLines=3`,
    );
  });

  it('cuts a line that is too long and says so', async () => {
    fake.routes.set(PATH, (_, response) => {
      response.write('2026-03-01T12:00:00Z ');
      response.end(`${'x'.repeat(1_000_000)}\n2026-03-01T12:00:01Z next\n`);
    });
    const [long, next] = await read({ maxLineBytes: 1000 });
    expect(long.truncated).toBe(true);
    expect(long.text.length).toBeLessThan(1100);
    expect(next.text).toBe('next');
  });

  it('follows until it is aborted, and then closes its connection', async () => {
    let open: ServerResponse | undefined;
    let closed = false;
    fake.routes.set(PATH, (_, response) => {
      open = response;
      response.on('close', () => {
        closed = true;
      });
      response.write('2026-03-01T12:00:00Z one\n');
    });
    const controller = new AbortController();
    const seen: string[] = [];
    const reading = (async () => {
      for await (const { text } of clusters.logs(pod, {
        follow: true,
        signal: controller.signal,
      })) {
        seen.push(text);
      }
    })();
    await until(() => seen.length === 1);
    open?.write('2026-03-01T12:00:01Z two\n');
    await until(() => seen.length === 2);
    controller.abort();
    await expect(reading).resolves.toBeUndefined();
    await until(() => closed);
  });

  it('says in the words of the cluster why there is no log', async () => {
    fake.routes.set(PATH, (_, response) =>
      json(
        response,
        400,
        status(400, 'container "app" in pod "orders-1" is waiting to start'),
      ),
    );
    await expect(read()).rejects.toThrow(/is waiting to start/);
  });

  it('never asks the cluster for a path a name could smuggle in', async () => {
    await expect(
      (async () => {
        for await (const _ of clusters.logs(
          { ...pod, name: '../../secrets/db' },
          { follow: false, signal: new AbortController().signal },
        )) {
          // Nothing comes.
        }
      })(),
    ).rejects.toThrow(/is not a name of a Kubernetes object/);
    expect(fake.requests.join()).not.toContain('secrets');
  });
});
