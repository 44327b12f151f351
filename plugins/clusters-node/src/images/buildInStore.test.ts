import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { until } from '../__testUtils__/until';
import { buildInStore } from './buildInStore';
import { ImageBuilders } from './ImageBuilders';

let server: Server | undefined;

afterEach(async () => {
  server?.closeAllConnections();
  await new Promise(resolve => {
    (server ?? createServer()).close(resolve);
  });
  server = undefined;
});

async function store(listener: RequestListener): Promise<string> {
  const started = createServer(listener);
  server = started;
  await new Promise<void>(resolve => {
    started.listen(0, '127.0.0.1', resolve);
  });
  return `http://127.0.0.1:${(started.address() as AddressInfo).port}/images`;
}

const build = {
  name: 'orders',
  repo: { url: 'http://forge/orders.git', authorization: 'Basic s3cret' },
  sha: 'a1b2c3d4e5f6a7b8c9d0a1b2c3d4e5f6a7b8c9d0',
  key: 'deployment-1:build',
};
const timings = { connectMs: 500, silenceMs: 2_000, totalMs: 2_000 };

describe('buildInStore', () => {
  it('sends what to build, passes on each line as it comes and gives the image', async () => {
    let received: unknown;
    const url = await store((request, response) => {
      let body = '';
      request.on('data', part => (body += part));
      request.on('end', () => {
        received = {
          method: request.method,
          path: request.url,
          authorization: request.headers.authorization,
          key: request.headers['idempotency-key'],
          body: JSON.parse(body),
        };
        response.write('{"type":"log","line":"cloning"}\n{"type":"log",');
        response.write('"line":"npm ci"}\n\n');
        response.end(
          '{"type":"result","image":"orders:a1b2c3d4e5f6","cached":false}',
        );
      });
    });
    const lines: string[] = [];
    await expect(
      buildInStore(
        { url, token: 'store-token' },
        { ...build, onLog: line => lines.push(line) },
        timings,
      ),
    ).resolves.toEqual({ image: 'orders:a1b2c3d4e5f6', cached: false });
    expect(lines).toEqual(['cloning', 'npm ci']);
    expect(received).toEqual({
      method: 'POST',
      path: '/images',
      authorization: 'Bearer store-token',
      key: 'deployment-1:build',
      body: { name: 'orders', repo: build.repo, sha: build.sha },
    });
  });

  it.each<[string, RequestListener, string, RegExp]>([
    [
      'a build that fails',
      (_, response) =>
        response.end('{"type":"error","message":"npm test: exit 1"}\n'),
      'InputError',
      /Building orders at a1b2c3d failed: npm test: exit 1/,
    ],
    [
      'a request it refuses',
      (_, response) =>
        response.writeHead(400).end('{"message":"sha is not a commit"}'),
      'InputError',
      /refused to build orders \(400\): sha is not a commit/,
    ],
    [
      'an error of its own',
      (_, response) => response.writeHead(502).end('bad gateway'),
      'ServiceUnavailableError',
      /\(502\): bad gateway/,
    ],
    [
      'an end without a result',
      (_, response) => response.end('{"type":"log","line":"cloning"}\n'),
      'ServiceUnavailableError',
      /stopped before the build of orders ended/,
    ],
    [
      'an answer that is no image store’s',
      (_, response) => response.end('<html></html>'),
      'ServiceUnavailableError',
      /something that is not JSON/,
    ],
    [
      'JSON of another sort',
      (_, response) => response.end('{"hello":1}'),
      'ServiceUnavailableError',
      /something unexpected; is ghostlight\.environments\[\]\.images\.url right/,
    ],
    [
      'a line that is cut',
      (_, response) => {
        response.write('{"type":"lo', () => response.destroy());
      },
      'ServiceUnavailableError',
      /cannot be used/,
    ],
    [
      'silence',
      () => undefined,
      'ServiceUnavailableError',
      /did not finish within 2 s/,
    ],
  ])('explains %s', async (_, listener, name, message) => {
    const url = await store(listener);
    const failure = buildInStore({ url }, build, timings);
    await expect(failure).rejects.toMatchObject({
      name,
      message: expect.stringMatching(message),
    });
    await expect(failure).rejects.not.toThrow(/s3cret/);
  });

  it('says that nothing listens there', async () => {
    const url = await store(() => undefined);
    server?.close();
    await expect(buildInStore({ url }, build, timings)).rejects.toThrow(
      /cannot be used: nothing listens there/,
    );
  });

  it('ends the request when it is aborted', async () => {
    let gone = false;
    let asked = false;
    const url = await store((_, response) => {
      asked = true;
      response.write('{"type":"log","line":"cloning"}\n');
      response.on('close', () => {
        gone = true;
      });
    });
    const controller = new AbortController();
    const building = buildInStore(
      { url },
      { ...build, signal: controller.signal },
      timings,
    );
    await until(() => asked);
    controller.abort(new Error('superseded'));
    await expect(building).rejects.toThrow('superseded');
    await until(() => gone);
  });
});

describe('ImageBuilders', () => {
  const builders = new ImageBuilders({
    clusters: new Map(),
    imageStores: new Map(),
    metrics: new Map(),
    environments: [
      {
        name: 'live',
        tier: 'production',
        cluster: 'c',
        namespace: 'default',
        deployOnPush: false,
      },
    ],
  });

  it('says which key is missing for an environment without a builder', async () => {
    await expect(builders.build('live', build)).rejects.toThrow(
      /No images can be built for environment live: set ghostlight\.environments\[\]\.images/,
    );
  });

  it('names the known environments when asked for another', async () => {
    await expect(builders.build('mars', build)).rejects.toThrow(/known: live/);
  });
});
