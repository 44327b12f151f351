/** @jest-environment node */
import type { LogStreamEvent } from '../types';
import { HealthClient } from './HealthClient';

interface Asked {
  url: string;
  init?: RequestInit;
}

function clientThat(answer: () => Response): {
  client: HealthClient;
  asked: Asked[];
} {
  const asked: Asked[] = [];
  const client = new HealthClient({
    discoveryApi: { getBaseUrl: async id => `http://backend/api/${id}` },
    fetchApi: {
      fetch: async (input, init) => {
        asked.push({ url: String(input), init });
        return answer();
      },
    },
  });
  return { client, asked };
}

function stream(pieces: string[]): Response {
  const encoder = new TextEncoder();
  return new Response(
    new ReadableStream({
      start(controller) {
        pieces.forEach(piece => controller.enqueue(encoder.encode(piece)));
        controller.close();
      },
    }),
  );
}

const ORDERS = 'component:default/orders';

describe('HealthClient', () => {
  it('asks for a report by the parts of the ref, with a token', async () => {
    const { client, asked } = clientThat(() => Response.json({ status: 'x' }));
    await client.getReport(ORDERS, { token: 't' });
    expect(asked[0].url).toBe(
      'http://backend/api/health/entities/component/default/orders',
    );
    expect(asked[0].init?.headers).toEqual({ authorization: 'Bearer t' });
  });

  it('sends refs of summaries as JSON', async () => {
    const { client, asked } = clientThat(() => Response.json({}));
    await client.getSummaries([ORDERS]);
    expect(asked[0].init).toMatchObject({
      method: 'POST',
      body: JSON.stringify({ entityRefs: [ORDERS] }),
    });
  });

  it('refuses a ref that is not full, before it asks', async () => {
    const { client, asked } = clientThat(() => Response.json({}));
    await expect(client.getReport('orders')).rejects.toThrow(
      /"orders" is not a full entity ref/,
    );
    expect(asked).toEqual([]);
  });

  it('fails with the error of the backend', async () => {
    const { client } = clientThat(() =>
      Response.json(
        {
          error: { name: 'NotFoundError', message: 'There is no entity' },
          response: { statusCode: 404 },
        },
        { status: 404 },
      ),
    );
    await expect(client.getEvents(ORDERS, 'local')).rejects.toMatchObject({
      statusCode: 404,
      cause: { name: 'NotFoundError' },
    });
  });

  it('reads a log stream that arrives in pieces, without heartbeats and what it does not know', async () => {
    const { client, asked } = clientThat(() =>
      stream([
        'event: replica\ndata: {"pod":"a","state":"joined"}\n\n: still here\n\n',
        'id: 7~x\nevent: li',
        'ne\ndata: {"pod":"a","text":"grüß ',
        'dich","n":7}\n',
        '\nevent: new\ndata: {}\n\nevent: gap\ndata: {"dropped":3}\n\n',
        'event: end\ndata: {"reason":"over","resume":false}\n\n',
      ]),
    );
    const events: LogStreamEvent[] = [];
    for await (const event of client.streamLogs(
      ORDERS,
      { environment: 'local', pod: 'a', tail: 5, sinceSeconds: 60 },
      { lastEventId: '6~x' },
    )) {
      events.push(event);
    }
    expect(events).toEqual([
      { type: 'replica', replica: { pod: 'a', state: 'joined' } },
      { type: 'line', id: '7~x', line: { pod: 'a', text: 'grüß dich', n: 7 } },
      { type: 'gap', gap: { dropped: 3 } },
      { type: 'end', end: { reason: 'over', resume: false } },
    ]);
    expect(asked[0].url).toMatch(
      /\/logs\?environment=local&pod=a&sinceSeconds=60&tail=5$/,
    );
    expect(asked[0].init?.headers).toMatchObject({ 'last-event-id': '6~x' });
  });

  it('lets go of the connection when the reader stops', async () => {
    let cancelled = false;
    const { client } = clientThat(
      () =>
        new Response(
          new ReadableStream({
            pull(controller) {
              controller.enqueue(
                new TextEncoder().encode('event: gap\ndata: {"dropped":1}\n\n'),
              );
            },
            cancel() {
              cancelled = true;
            },
          }),
        ),
    );
    for await (const event of client.streamLogs(ORDERS, {
      environment: 'local',
    })) {
      expect(event.type).toBe('gap');
      break;
    }
    expect(cancelled).toBe(true);
  });
});
