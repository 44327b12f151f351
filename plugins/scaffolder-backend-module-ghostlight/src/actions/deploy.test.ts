import { mockServices } from '@backstage/backend-test-utils';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import {
  Deployment,
  DeploymentLog,
  DeploymentState,
} from '@ghostlight/plugin-delivery-common';
import { createDeployAction } from './deploy';

/** Delivery, with the states each deployment goes through and a line of log at each. */
function fakeDelivery(paths: DeploymentState[][]) {
  const byKey = new Map<string, Deployment>();
  const all: Array<{ deployment: Deployment; path: DeploymentState[] }> = [];
  const find = (id: string) => {
    const found = all.find(each => each.deployment.id === id);
    if (!found) {
      throw new Error(`no deployment ${id}`);
    }
    return found;
  };
  return {
    all,
    byKey,
    async deploy(request: {
      repository: string;
      environment: string;
      sha?: string;
      key?: string;
    }): Promise<Deployment> {
      const key = request.key ?? '';
      const known = byKey.get(key);
      if (known) {
        return known;
      }
      const path = [...(paths.shift() ?? [])];
      const deployment: Deployment = {
        id: `d${all.length + 1}`,
        entityRef: 'component:default/orders',
        repository: request.repository,
        environment: request.environment,
        sha: request.sha ?? '',
        key,
        state: 'queued',
        version: 1,
        by: 'user:default/maya',
        origin: 'template',
        startedAt: '2026-11-21T10:00:00Z',
      };
      byKey.set(key, deployment);
      all.push({ deployment, path });
      return deployment;
    },
    async get(id: string): Promise<Deployment> {
      return find(id).deployment;
    },
    async log(id: string, after: number): Promise<DeploymentLog> {
      const { deployment, path } = find(id);
      const state = path.shift();
      if (!state) {
        return { lines: [], next: after, complete: true };
      }
      deployment.state = state;
      if (state === 'failed') {
        deployment.reason = '1 of 1 pods is not ready';
      }
      const n = after + 1;
      return {
        lines: [{ n, at: '2026-11-21T10:00:00Z', line: `${id} ${state}` }],
        next: n,
        complete: path.length === 0,
      };
    },
  };
}

describe('ghostlight:deploy', () => {
  const input = {
    repository: 'orders',
    environment: 'local',
    sha: 'a'.repeat(40),
  };
  const run = async (
    delivery: ReturnType<typeof fakeDelivery>,
    over: object = {},
  ) => {
    const output = jest.fn();
    const logger = mockServices.logger.mock();
    const action = createDeployAction({
      auth: mockServices.auth(),
      delivery,
      appUrl: 'http://portal',
      pause: async (_, signal) => signal?.throwIfAborted(),
    });
    await action.handler({
      ...createMockActionContext({ input }),
      task: { id: 'task-1' },
      step: { id: 'deploy', name: 'Deploy' },
      output,
      logger,
      ...over,
    });
    return {
      outputs: Object.fromEntries(output.mock.calls),
      lines: logger.info.mock.calls.map(([line]) => line),
    };
  };

  it('prints the log as it grows and ends when the commit runs', async () => {
    const delivery = fakeDelivery([['building', 'rolling out', 'succeeded']]);
    const { outputs, lines } = await run(delivery);
    expect(lines).toEqual(['d1 building', 'd1 rolling out', 'd1 succeeded']);
    expect(outputs).toEqual({
      deploymentId: 'd1',
      url: 'http://portal/catalog/default/component/orders',
    });
  });

  it('says where the component answers if the cluster tells', async () => {
    const delivery = fakeDelivery([['succeeded']]);
    const deploy = delivery.deploy;
    delivery.deploy = async request =>
      Object.assign(await deploy(request), { url: 'http://127.0.0.1:30001' });
    expect((await run(delivery)).outputs.url).toBe('http://127.0.0.1:30001');
  });

  it('fails with the reason of the deployment', async () => {
    await expect(run(fakeDelivery([['failed']]))).rejects.toThrow(
      'Could not deploy orders to local: 1 of 1 pods is not ready',
    );
  });

  it('repeated, follows the deployment it began instead of beginning another', async () => {
    const delivery = fakeDelivery([['building', 'succeeded']]);
    await run(delivery);
    await run(delivery);
    expect(delivery.all).toHaveLength(1);
  });

  it('repeated after a failure, begins another', async () => {
    const delivery = fakeDelivery([['failed'], ['succeeded']]);
    await expect(run(delivery)).rejects.toThrow('not ready');
    expect((await run(delivery)).outputs.deploymentId).toBe('d2');
  });

  it('follows the newer deployment that took over', async () => {
    const delivery = fakeDelivery([['superseded'], ['succeeded']]);
    const newer = { ...input, key: 'a push' };
    const first = await delivery.deploy({
      ...input,
      key: 'task:task-1:deploy:1',
    });
    first.supersededBy = (await delivery.deploy(newer)).id;
    expect((await run(delivery)).outputs.deploymentId).toBe('d2');
  });

  it('survives a log that is out of reach for a moment', async () => {
    const delivery = fakeDelivery([['building', 'succeeded']]);
    const log = delivery.log;
    let failures = 3;
    delivery.log = async (id, after) => {
      failures -= 1;
      if (failures >= 0) {
        throw new Error('fetch failed');
      }
      return log(id, after);
    };
    expect((await run(delivery)).outputs.deploymentId).toBe('d1');
  });

  it('stops when the task is cancelled and says that the deployment goes on', async () => {
    const delivery = fakeDelivery([Array(1000).fill('building')]);
    const abort = new AbortController();
    const log = delivery.log;
    delivery.log = async (id, after) => {
      abort.abort();
      return log(id, after);
    };
    await expect(run(delivery, { signal: abort.signal })).rejects.toThrow(
      'the deployment itself goes on',
    );
  });

  it('deploys nothing in a dry run', async () => {
    const delivery = fakeDelivery([]);
    const { outputs } = await run(delivery, { isDryRun: true });
    expect(delivery.all).toEqual([]);
    expect(Object.keys(outputs)).toEqual(['deploymentId', 'url']);
  });
});
