import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import type { LogStreamEvent } from '@ghostlight/plugin-health-common';
import { clientOf } from './__testUtils__/clientOf';
import { startHealth } from './__testUtils__/startHealth';
import { until } from './__testUtils__/until';

const ORDERS = 'component:default/orders';

let started: Awaited<ReturnType<typeof startHealth>>;
const running: Array<() => Promise<void>> = [];

async function start(...options: Parameters<typeof startHealth>) {
  started = await startHealth(...options);
  running.push(started.stop);
  return started;
}

afterEach(async () => {
  await Promise.all(running.splice(0).map(stop => stop()));
});

describe('who may see what', () => {
  const requests: Array<
    [string, (url: string, init: RequestInit) => Promise<Response>]
  > = [
    [
      'a report',
      (url, init) => fetch(`${url}/entities/component/default/orders`, init),
    ],
    [
      'summaries',
      (url, init) =>
        fetch(`${url}/summaries`, {
          ...init,
          method: 'POST',
          headers: { ...init.headers, 'content-type': 'application/json' },
          body: JSON.stringify({ entityRefs: [ORDERS] }),
        }),
    ],
    [
      'events',
      (url, init) =>
        fetch(
          `${url}/entities/component/default/orders/events?environment=local`,
          init,
        ),
    ],
    [
      'logs',
      (url, init) =>
        fetch(
          `${url}/entities/component/default/orders/logs?environment=local`,
          init,
        ),
    ],
    [
      'a download',
      (url, init) =>
        fetch(
          `${url}/entities/component/default/orders/logs/download?environment=local`,
          init,
        ),
    ],
  ];

  it.each(requests)('refuses %s to who is not signed in', async (_, ask) => {
    const { url } = await start();
    const response = await ask(url, {
      headers: { authorization: mockCredentials.none.header() },
    });
    expect(response.status).toBe(401);
  });

  it.each(requests)('refuses %s to who may not read health', async (_, ask) => {
    const { url } = await start({
      features: [
        mockServices.permissions.factory({ result: AuthorizeResult.DENY }),
      ],
    });
    const response = await ask(url, {
      headers: { authorization: mockCredentials.user.header() },
    });
    expect(response.status).toBe(403);
    expect((await response.json()).error.message).toMatch(/health\.read/);
  });

  it('tells nothing of entities that are not there, or not to be seen', async () => {
    const { health } = await start();
    await expect(health.getReport('component:default/secret')).rejects.toThrow(
      /404/,
    );
    await expect(
      health.getSummaries([ORDERS, 'component:default/secret']),
    ).resolves.toEqual({ [ORDERS]: expect.anything() });
  });

  it('reads no replica that is not the entity’s own', async () => {
    const { health, fake } = await start();
    fake.podLogs.add('payments-1');
    fake.podLogs.write('payments-1', '2026-03-01T12:00:00Z', 'private');
    await expect(
      health.downloadLogs(ORDERS, { environment: 'local', pod: 'payments-1' }),
    ).rejects.toThrow(/404/);
    const text = await health.downloadLogs(ORDERS, { environment: 'local' });
    expect(await text.text()).not.toContain('private');
  });
});

describe('requests that are wrong', () => {
  it.each([
    ['/entities/component/default/orders/logs', 400],
    [
      '/entities/component/default/orders/logs?environment=local&tail=9999999',
      400,
    ],
    [
      '/entities/component/default/orders/logs?environment=local&pod=../../x',
      400,
    ],
    ['/entities/component/default/orders/logs?environment=mars', 404],
    ['/entities/component/default/orders/events?environment=mars', 404],
    ['/entities/component/default/..%2Fx', 400],
  ])('%s is %i', async (path, code) => {
    const { url } = await start();
    const response = await fetch(url + path, {
      headers: { authorization: mockCredentials.user.header() },
    });
    expect(response.status).toBe(code);
  });

  it('takes as many long refs as it says, answers 413 to more and 400 to what is no JSON', async () => {
    const { url } = await start();
    const post = async (body: string) => {
      const response = await fetch(`${url}/summaries`, {
        method: 'POST',
        headers: {
          authorization: mockCredentials.user.header(),
          'content-type': 'application/json',
        },
        body,
      });
      return response.status;
    };
    const longest = (n: number) => `component:default/${n}-`.padEnd(400, 'x');
    const ask = (count: number) =>
      post(
        JSON.stringify({
          entityRefs: Array.from({ length: count }, (_, n) => longest(n)),
        }),
      );
    expect(await ask(1000)).toBe(200);
    expect(await ask(2000)).toBe(413);
    expect(await post('{"entityRefs": ')).toBe(400);
  });

  it('refuses more summaries than a request may have', async () => {
    const { health } = await start();
    await expect(
      health.getSummaries(Array.from({ length: 1001 }, () => ORDERS)),
    ).rejects.toThrow(/400/);
  });
});

describe('summaries', () => {
  it('are those of the reports, and quick for a thousand', async () => {
    const { health } = await start();
    const refs = Array.from({ length: 1000 }, (_, i) =>
      i === 0 ? ORDERS : `component:default/none${i}`,
    );
    expect(await health.getSummaries(refs)).toEqual({
      [ORDERS]: {
        status: 'healthy',
        sentence: expect.stringMatching(/^Healthy\. 1 of 1 replicas ready\./),
        ready: 1,
        desired: 1,
      },
    });
  });

  it('say what is missing of an entity without annotations', async () => {
    const { health } = await start();
    expect(await health.getSummaries(['component:default/plain'])).toEqual({
      'component:default/plain': {
        status: 'unknown',
        sentence: 'Unknown. plain does not say which workloads are its own.',
        ready: 0,
        desired: 0,
      },
    });
  });
});

describe('a report', () => {
  it('does without usage and commits when nobody answers', async () => {
    const { health } = await start();
    const { environments, sentence } = await health.getReport(ORDERS);
    expect(sentence).toMatch(/\(a1b2c3d by Maya\)\.$/);
    expect(environments[0].workloads[0].pods[0].memory).toBeUndefined();
    expect(
      environments[0].workloads[0].revision?.commit?.author,
    ).toBeUndefined();
  });
});

describe('a download', () => {
  it('is a file of text, named after what is in it', async () => {
    const { url, fake } = await start();
    fake.podLogs.write('orders-1', '2026-03-01T12:00:00Z', 'one');
    const response = await fetch(
      `${url}/entities/component/default/orders/logs/download?environment=local`,
      { headers: { authorization: mockCredentials.user.header() } },
    );
    expect(await response.text()).toBe('2026-03-01T12:00:00Z orders-1 one\n');
    expect(response.headers.get('content-type')).toMatch(/^text\/plain/);
    expect(response.headers.get('content-disposition')).toMatch(
      /^attachment; filename="orders-local-[\dT-]+\.log"$/,
    );
  });
});

describe('the log stream', () => {
  const collect = (
    client: ReturnType<typeof clientOf>,
    options: { lastEventId?: string } = {},
  ) => {
    const controller = new AbortController();
    const events: LogStreamEvent[] = [];
    const ended = (async () => {
      const stream = client.streamLogs(
        ORDERS,
        { environment: 'local' },
        { ...options, signal: controller.signal },
      );
      for await (const event of stream) {
        events.push(event);
      }
    })();
    ended.catch(() => undefined);
    running.unshift(async () => controller.abort());
    return { events, ended, stop: () => controller.abort() };
  };
  const texts = (events: LogStreamEvent[]) =>
    events.flatMap(event => (event.type === 'line' ? [event.line.text] : []));

  it('is live, is not to be compressed, and lets go when the reader leaves', async () => {
    const { health, fake, url } = await start();
    fake.podLogs.write('orders-1', '2026-03-01T12:00:00Z', 'past');
    const { events, stop } = collect(health);
    await until(() => texts(events).length === 1);
    await until(() => fake.podLogs.followers('orders-1') === 1);
    fake.podLogs.write('orders-1', '2026-03-01T12:00:01Z', 'now');
    await until(() => texts(events).length === 2);
    expect(texts(events)).toEqual(['past', 'now']);
    stop();
    await until(() => fake.podLogs.followers('orders-1') === 0);

    const controller = new AbortController();
    const response = await fetch(
      `${url}/entities/component/default/orders/logs?environment=local`,
      {
        headers: { authorization: mockCredentials.user.header() },
        signal: controller.signal,
      },
    );
    expect(response.headers.get('content-type')).toMatch(/^text\/event-stream/);
    expect(response.headers.get('cache-control')).toContain('no-transform');
    controller.abort();
  });

  it('resumes after the last line that was seen', async () => {
    const { health, fake } = await start();
    fake.podLogs.write('orders-1', '2026-03-01T12:00:00Z', 'one');
    fake.podLogs.write('orders-1', '2026-03-01T12:00:01Z', 'two');
    const first = collect(health);
    await until(() => texts(first.events).length === 2);
    const seen = first.events.find(event => event.type === 'line');
    const resumed = collect(health, {
      lastEventId: seen?.type === 'line' ? seen.id : '',
    });
    await until(() => texts(resumed.events).length === 1);
    expect(texts(resumed.events)).toEqual(['two']);
  });

  it('is open six times for one person, and for another all the same', async () => {
    const { health, fake, port } = await start();
    const streams = Array.from({ length: 6 }, () => collect(health));
    await until(() => fake.podLogs.followers('orders-1') === 6);
    await expect(collect(health).ended).rejects.toThrow(/429/);
    const noor = collect(
      clientOf(port, mockCredentials.user.header('user:default/noor')),
    );
    await until(() => noor.events.length > 0);
    streams[0].stop();
    await until(() => fake.podLogs.followers('orders-1') === 6);
    const again = collect(health);
    await until(() => again.events.length > 0);
  });

  it('tells readers to come back when the server stops', async () => {
    const { health, fake, stop } = await start();
    const { events, ended } = collect(health);
    await until(() => fake.podLogs.followers('orders-1') === 1);
    running.pop();
    await stop();
    await ended.catch(() => undefined);
    expect(events.at(-1)).toEqual({
      type: 'end',
      end: { reason: 'the server is being restarted', resume: true },
    });
  });
});
