import {
  ago,
  deployment,
  NOW,
  pod,
  replicaSet,
} from '../__testUtils__/objects';
import { deploymentSchema, podSchema, replicaSetSchema } from '../kube/objects';
import { workloadView } from './workloadView';

const view = (
  deploymentChanges: Parameters<typeof deployment>[1] = {},
  replicaSets = [replicaSet()],
) =>
  workloadView({
    environment: 'local',
    deployment: deploymentSchema.parse(deployment('orders', deploymentChanges)),
    replicaSets: replicaSets.map(each => replicaSetSchema.parse(each)),
    pods: [podSchema.parse(pod())],
    now: NOW,
  });

describe('workloadView', () => {
  it('knows no revision and nothing updated until the controller has seen the newest spec', () => {
    expect(
      view({ metadata: { generation: 2 }, status: { observedGeneration: 1 } }),
    ).toMatchObject({ observed: false, updated: 0, revision: undefined });
  });

  it('dates a rollback by the last progress, not by the age of its old replica set', () => {
    const rolledBack = view(
      {
        metadata: {
          annotations: { 'deployment.kubernetes.io/revision': '3' },
        },
        status: {
          conditions: [
            {
              type: 'Progressing',
              status: 'True',
              lastUpdateTime: ago(30),
            },
          ],
        },
      },
      [
        replicaSet('orders', 'aaaaa', {
          revision: '3',
          metadata: undefined,
        }),
        {
          ...replicaSet('orders', 'bbbbb', { revision: '2' }),
          metadata: {
            ...replicaSet('orders', 'bbbbb', { revision: '2' }).metadata,
            creationTimestamp: ago(100),
          },
        },
      ],
    );
    expect(rolledBack.revision).toMatchObject({ hash: 'aaaaa', at: ago(30) });
    expect(rolledBack.revisions.map(({ hash }) => hash)).toEqual([
      'aaaaa',
      'bbbbb',
    ]);
  });

  it('reads a deployment without a status as one that has not begun', () => {
    expect(view({ status: undefined, spec: {} })).toMatchObject({ ready: 1 });
    const fresh = deploymentSchema.parse({
      ...deployment(),
      status: undefined,
    });
    expect(
      workloadView({
        environment: 'local',
        deployment: fresh,
        replicaSets: [],
        pods: [],
        now: NOW,
      }),
    ).toMatchObject({ ready: 0, observed: false, pods: [] });
  });
});
