import {
  ForgeClient,
  type ChangeRequest,
  type Commit,
  type Diff,
  type Repository,
} from '@ghostlight/plugin-forge-common';

export const aCommit: Commit = {
  sha: '9f31c2a0000000000000000000000000000000aa',
  message: 'Cache greetings\n\nThey are asked for often.',
  author: {
    name: 'Maya Lind',
    email: 'maya@example.com',
    ref: 'user:default/maya',
  },
  at: '2026-11-20T10:00:00.000Z',
  parents: ['51be0d70000000000000000000000000000000bb'],
};

export const aRepository: Repository = {
  name: 'orders',
  description: 'Takes orders',
  owner: 'group:default/team-checkout',
  defaultBranch: 'main',
  createdAt: '2026-11-01T10:00:00.000Z',
  createdBy: 'user:default/maya',
  cloneUrl: 'http://localhost:7007/api/forge/git/orders.git',
  webUrl: 'http://localhost:7007/forge/orders',
  head: aCommit,
};

export const aDiff: Diff = {
  from: aCommit.parents[0],
  to: aCommit.sha,
  truncated: false,
  files: [
    {
      path: 'src/cache.ts',
      status: 'modified',
      binary: false,
      additions: 1,
      deletions: 1,
      truncated: false,
      hunks: [
        {
          oldStart: 7,
          oldLines: 2,
          newStart: 7,
          newLines: 2,
          heading: 'class Cache',
          lines: [
            { kind: 'context', text: 'const size = 10;' },
            { kind: 'removed', text: 'bounded();' },
            { kind: 'added', text: 'unbounded();' },
          ],
        },
      ],
    },
  ],
};

export const aChangeRequest: ChangeRequest = {
  repository: 'orders',
  number: 3,
  title: 'Bound the cache',
  description: 'It grew **without end**.',
  source: 'fix/cache',
  target: 'main',
  state: 'open',
  author: 'user:default/maya',
  createdAt: '2026-11-20T10:00:00.000Z',
  updatedAt: '2026-11-20T10:00:00.000Z',
  webUrl: 'http://localhost:7007/forge/orders/changes/3',
  merge: { how: 'fast-forward', conflicts: [] },
};

/** Refuses a request as the forge does. */
export class Refusal {
  readonly status: number;
  readonly error: string;
  readonly message: string;

  constructor(status: number, error: string, message: string) {
    this.status = status;
    this.error = error;
    this.message = message;
  }
}

export interface ForgeRequest {
  method: string;
  path: string;
  query: Record<string, string>;
  body: unknown;
}

type Answers = Record<string, (request: ForgeRequest) => unknown>;

/** The forge as the browser sees it: real client, answers of the test's own. Keys are `GET /repositories/orders`. */
export function fakeForge(answers: Answers) {
  const requests: ForgeRequest[] = [];
  const all: Answers = {
    'GET /repositories/orders': () => aRepository,
    'GET /repositories/orders/branches': () => ({
      items: [
        { name: 'main', head: aCommit, isDefault: true },
        { name: 'fix/cache', head: aCommit, isDefault: false },
      ],
    }),
    'GET /tokens': () => ({ items: [] }),
    ...answers,
  };
  const client = new ForgeClient({
    discoveryApi: { getBaseUrl: async () => 'http://localhost/api/forge' },
    fetchApi: {
      fetch: async (input, init) => {
        // As the frontend's fetch API does: a body that could be read only once would be an error here.
        const sent = new Request(new Request(input, init));
        const url = new URL(sent.url);
        const text = await sent.text();
        const request = {
          method: sent.method,
          path: decodeURIComponent(url.pathname.replace('/api/forge', '')),
          query: Object.fromEntries(url.searchParams),
          body: text ? JSON.parse(text) : undefined,
        };
        requests.push(request);
        const answer =
          all[`${request.method} ${request.path}`]?.(request) ??
          new Refusal(404, 'NotFoundError', `Nothing at ${request.path}`);
        if (!(answer instanceof Refusal)) return Response.json(answer);
        const { status, error, message } = answer;
        return Response.json(
          { error: { name: error, message }, response: { statusCode: status } },
          { status },
        );
      },
    },
  });
  return { client, requests };
}
