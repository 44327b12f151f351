import { ForgeClient } from './ForgeClient';

function clientFor(answer: (request: Request) => Response) {
  const requests: Request[] = [];
  const client = new ForgeClient({
    discoveryApi: {
      getBaseUrl: async pluginId => `http://localhost/api/${pluginId}`,
    },
    fetchApi: {
      fetch: async (input, init) => {
        // As the middlewares of Backstage's frontend do, one after the other.
        const first = new Request(input, init);
        await first.text();
        const request = new Request(input, init);
        requests.push(request);
        return answer(request);
      },
    },
  });
  return { client, requests };
}

const problem = (status: number, name: string, message: string) =>
  Response.json(
    { error: { name, message }, response: { statusCode: status } },
    { status },
  );

describe('ForgeClient', () => {
  it('sends the token it is given, and names as one part of the path', async () => {
    const { client, requests } = clientFor(() => Response.json({ items: [] }));
    await client.listBranches('a/../b', { token: 'secret' });
    expect(requests[0].url).toBe(
      'http://localhost/api/forge/repositories/a%2F..%2Fb/branches',
    );
    expect(requests[0].headers.get('authorization')).toBe('Bearer secret');
  });

  it('a repository that is not there is undefined', async () => {
    const { client } = clientFor(() => problem(404, 'NotFoundError', 'none'));
    expect(await client.getRepository('orders')).toBeUndefined();
  });

  it('other failures reject with the error of the forge', async () => {
    const { client } = clientFor(() =>
      problem(409, 'ConflictError', 'choose another name'),
    );
    await expect(
      client.createRepository({ name: 'orders', owner: 'group:default/a' }),
    ).rejects.toMatchObject({
      statusCode: 409,
      cause: { name: 'ConflictError', message: 'choose another name' },
    });
    await expect(client.getRepository('orders')).rejects.toMatchObject({
      statusCode: 409,
    });
  });

  it('sends what it was given, through whatever reads it on the way', async () => {
    const { client, requests } = clientFor(() => Response.json({ id: '1' }));
    await client.createToken({ description: 'laptop' });
    expect(requests[0].method).toBe('POST');
    expect(requests[0].headers.get('content-type')).toBe('application/json');
    expect(await requests[0].json()).toEqual({ description: 'laptop' });
  });

  it('ends when told to', async () => {
    const { client, requests } = clientFor(() => Response.json({ items: [] }));
    const controller = new AbortController();
    await client.listTokens({ signal: controller.signal });
    expect(requests[0].signal.aborted).toBe(false);
    controller.abort();
    expect(requests[0].signal.aborted).toBe(true);
  });
});
