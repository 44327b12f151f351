import {
  createMockDirectory,
  mockServices,
} from '@backstage/backend-test-utils';
import { ResponseError } from '@backstage/errors';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import { createPublishAction } from './publish';

const SHA = 'a'.repeat(40);

describe('ghostlight:publish', () => {
  const workspace = createMockDirectory();
  const createRepository = jest.fn();
  const action = createPublishAction({
    auth: mockServices.auth(),
    discovery: mockServices.discovery.mock({
      getExternalBaseUrl: async id => `http://portal/api/${id}`,
    }),
    forge: { createRepository },
    appUrl: 'http://portal',
  });
  const input = {
    name: 'orders',
    owner: 'group:default/team-checkout',
    description: 'Takes orders',
  };
  const run = (over: object = {}) => {
    const output = jest.fn();
    const context = {
      ...createMockActionContext({ input, workspacePath: workspace.path }),
      task: { id: 'task-1' },
      output,
      ...over,
    };
    return action.handler(context).then(() => output.mock.calls);
  };

  beforeEach(() => {
    createRepository.mockReset().mockResolvedValue({
      name: 'orders',
      cloneUrl: 'http://portal/api/forge/git/orders.git',
      webUrl: 'http://portal/forge/orders',
      head: { sha: SHA },
    });
    workspace.setContent({
      'README.md': '# Orders\n',
      'k8s/service.yaml': 'kind: Service\n',
      'logo.bin': Buffer.from([0, 255, 254]),
      '.git/config': 'secret',
      '.gitignore': 'node_modules\n',
    });
  });

  it('makes the files of the task the first commit, as the person, keyed by the task', async () => {
    expect(await run()).toEqual([
      ['repository', 'orders'],
      ['cloneUrl', 'http://portal/api/forge/git/orders.git'],
      ['webUrl', 'http://portal/forge/orders'],
      ['sha', SHA],
    ]);
    const [body, options] = createRepository.mock.calls[0];
    expect(body).toMatchObject({ ...input, idempotencyKey: 'task:task-1' });
    expect(
      body.files.map((each: { path: string }) => each.path).sort(),
    ).toEqual(['.gitignore', 'README.md', 'k8s/service.yaml', 'logo.bin']);
    expect(body.files).toContainEqual({
      path: 'logo.bin',
      content: 'AP/+',
      encoding: 'base64',
      mode: '100644',
    });
    expect(options.token).toMatch(/mock-user-token|mock/);
  });

  it('publishes a folder of the task, but none outside of it', async () => {
    await run({ input: { ...input, sourcePath: 'k8s' } });
    expect(createRepository.mock.calls[0][0].files).toHaveLength(1);
    await expect(
      run({ input: { ...input, sourcePath: '../..' } }),
    ).rejects.toThrow('outside');
  });

  it('creates nothing in a dry run', async () => {
    const outputs = await run({ isDryRun: true });
    expect(outputs.map(([name]) => name)).toEqual([
      'repository',
      'cloneUrl',
      'webUrl',
      'sha',
    ]);
    expect(createRepository).not.toHaveBeenCalled();
  });

  it('says which step failed and why, and that a name is taken as a conflict', async () => {
    const body = {
      error: {
        name: 'ConflictError',
        message: "There is a repository 'orders'",
      },
      response: { statusCode: 409 },
    };
    createRepository.mockRejectedValue(
      await ResponseError.fromResponse(
        new Response(JSON.stringify(body), {
          status: 409,
          headers: { 'content-type': 'application/json' },
        }),
      ),
    );
    await expect(run()).rejects.toMatchObject({
      name: 'ConflictError',
      message:
        "Could not create repository orders: There is a repository 'orders'",
    });
  });

  it('does not publish nothing', async () => {
    workspace.clear();
    await expect(run()).rejects.toThrow('There are no files to publish');
  });
});
