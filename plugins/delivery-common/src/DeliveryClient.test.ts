import { DeliveryClient } from './DeliveryClient';

function clientOf(answer: Response) {
  const requests: Request[] = [];
  const client = new DeliveryClient({
    discoveryApi: { getBaseUrl: async id => `http://portal/api/${id}` },
    fetchApi: {
      fetch: async (input, init) => {
        // As the middlewares of Backstage's frontend do, one after the other.
        const first = new Request(input, init);
        await first.text();
        requests.push(new Request(input, init));
        return answer;
      },
    },
  });
  return { client, requests };
}

function json(body: object, status = 200) {
  return new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/json' },
  });
}

describe('DeliveryClient', () => {
  it('asks with the given token and encodes what it asks for', async () => {
    const { client, requests } = clientOf(
      json({
        entityRef: 'component:default/orders',
        dryRun: true,
        environments: [],
      }),
    );
    await client.remove(
      { entityRef: 'component:default/orders', dryRun: true },
      { token: 'abc' },
    );
    expect(requests[0].method).toBe('DELETE');
    expect(new URL(requests[0].url).pathname).toBe('/api/delivery/workloads');
    expect(new URL(requests[0].url).searchParams.get('entityRef')).toBe(
      'component:default/orders',
    );
    expect(requests[0].headers.get('authorization')).toBe('Bearer abc');
  });

  it('throws what Delivery says went wrong', async () => {
    const { client } = clientOf(
      json(
        {
          error: { name: 'NotAllowedError', message: 'You may not deploy' },
          response: { statusCode: 403 },
        },
        403,
      ),
    );
    await expect(
      client.deploy({ repository: 'orders', environment: 'local' }),
    ).rejects.toMatchObject({
      statusCode: 403,
      cause: { name: 'NotAllowedError', message: 'You may not deploy' },
    });
  });

  it('stops with the signal of the caller', async () => {
    const { client, requests } = clientOf(json({ items: [] }));
    const abort = new AbortController();
    await client.environments({ signal: abort.signal });
    abort.abort();
    expect(requests[0].signal.aborted).toBe(true);
  });
});
