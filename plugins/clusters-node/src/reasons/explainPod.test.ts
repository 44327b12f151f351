import { ago, NOW, pod, unready } from '../__testUtils__/objects';
import { podSchema } from '../kube/objects';
import { podView } from '../workloads/podView';
import { explainPod } from './explainPod';

type Changes = Parameters<typeof pod>[1];

const explain = (changes: Changes) =>
  explainPod(podSchema.parse(pod(undefined, changes)), NOW);

const waiting = (reason: string, message?: string): Changes => ({
  status: {
    phase: 'Pending',
    conditions: unready,
    containerStatuses: [
      {
        name: 'app',
        ready: false,
        restartCount: 0,
        state: { waiting: { reason, message } },
      },
    ],
  },
});

const crashed = (
  terminated: object,
  restartCount: number,
  message?: string,
): Changes => ({
  status: {
    phase: 'Running',
    conditions: unready,
    containerStatuses: [
      {
        name: 'app',
        ready: false,
        restartCount,
        state: { waiting: { reason: 'CrashLoopBackOff', message } },
        lastState: { terminated: { finishedAt: ago(4), ...terminated } },
      },
    ],
  },
});

const running = (seconds: number, container: object = {}): Changes => ({
  status: {
    phase: 'Running',
    conditions: [
      ...unready,
      {
        type: 'ContainersReady',
        status: 'False',
        lastTransitionTime: ago(40),
      },
    ],
    containerStatuses: [
      {
        name: 'app',
        ready: false,
        started: true,
        restartCount: 0,
        state: { running: { startedAt: ago(seconds) } },
        ...container,
      },
    ],
  },
});

describe('explainPod', () => {
  it('has nothing to say about a pod that is ready', () => {
    expect(explain({})).toBeUndefined();
  });

  it.each<[string, Changes, string, string, boolean]>([
    [
      'an image that cannot be pulled, with its name',
      waiting('ErrImagePull', 'not found in the image store'),
      'failed',
      'its image orders:a1b2c3d4e5f6 cannot be pulled: not found in the image store',
      false,
    ],
    [
      'an image that could not be pulled again and again',
      waiting('ImagePullBackOff'),
      'failed',
      'its image orders:a1b2c3d4e5f6 cannot be pulled',
      true,
    ],
    [
      'a name of an image that is none',
      waiting('InvalidImageName'),
      'failed',
      'its image orders:a1b2c3d4e5f6 cannot be pulled',
      true,
    ],
    [
      'a missing secret',
      waiting('CreateContainerConfigError', 'secret "db" not found'),
      'failed',
      'its configuration is not right: secret "db" not found',
      true,
    ],
    [
      'a first crash, with the meaning of its exit code',
      crashed({ exitCode: 1, reason: 'Error' }, 0),
      'crashing',
      'it ended with an error (exit 1), next try in 6 s',
      false,
    ],
    [
      'a crash loop, with how often and the next try as the kubelet tells it',
      crashed(
        { exitCode: 137, reason: 'OOMKilled' },
        3,
        'back-off 1m20s restarting failed container',
      ),
      'crashing',
      'out of memory: used more than its limit of 96 MiB, started again 3 times, next try in 76 s',
      true,
    ],
    [
      'a command that does not exist',
      crashed({ exitCode: 127 }, 1),
      'crashing',
      'its command was not found (exit 127), started again 1 time, next try in 6 s',
      true,
    ],
    [
      'a signal',
      crashed({ exitCode: 135 }, 1),
      'crashing',
      'it was ended by signal 7 (exit 135), started again 1 time, next try in 6 s',
      true,
    ],
    [
      'a container that has just ended',
      {
        status: {
          phase: 'Running',
          conditions: unready,
          containerStatuses: [
            {
              name: 'app',
              restartCount: 0,
              state: { terminated: { exitCode: 0, reason: 'Completed' } },
            },
          ],
        },
      },
      'crashing',
      'it ended by itself (exit 0)',
      false,
    ],
    [
      'a pod no node can take',
      {
        spec: { nodeName: undefined },
        metadata: { creationTimestamp: ago(120) },
        status: {
          phase: 'Pending',
          conditions: [
            {
              type: 'PodScheduled',
              status: 'False',
              message: '0/3 nodes are available: 3 Insufficient memory.',
            },
          ],
        },
      },
      'pending',
      'no node can take it, for 2 min: 0/3 nodes are available: 3 Insufficient memory.',
      false,
    ],
    [
      'a container that is being created',
      {
        status: {
          phase: 'Pending',
          startTime: ago(7),
          conditions: unready,
          containerStatuses: [
            {
              name: 'app',
              state: { waiting: { reason: 'ContainerCreating' } },
            },
          ],
        },
      },
      'starting',
      'its container is being created, for 7 s',
      false,
    ],
    [
      'an init container that has not finished',
      {
        status: {
          phase: 'Pending',
          conditions: unready,
          initContainerStatuses: [
            { name: 'migrate', state: { running: { startedAt: ago(3) } } },
          ],
        },
      },
      'starting',
      'its init container migrate has not finished',
      false,
    ],
    [
      'a container that has just started',
      running(5),
      'starting',
      'it started 5 s ago and is not ready yet',
      false,
    ],
    [
      'a readiness probe that fails, since when it does',
      running(600),
      'not ready',
      'its readiness probe has been failing for 40 s',
      false,
    ],
    [
      'a startup probe that has not succeeded',
      {
        ...running(50, { started: false }),
        spec: {
          nodeName: 'node-1',
          containers: [{ name: 'app', startupProbe: { exec: {} } }],
        },
      },
      'starting',
      'it has been starting for 50 s and its startup probe has not succeeded yet',
      false,
    ],
    [
      'a readiness gate that is closed',
      {
        spec: {
          nodeName: 'node-1',
          containers: [{ name: 'app' }],
          readinessGates: [{ conditionType: 'example.com/feature' }],
        },
        status: { conditions: unready },
      },
      'not ready',
      'its readiness gate example.com/feature is not open',
      false,
    ],
    [
      'a pod that is being removed, whatever else it is',
      { metadata: { deletionTimestamp: ago(-20) } },
      'terminating',
      'it is being removed',
      false,
    ],
    [
      'a pod that should have been gone',
      { metadata: { deletionTimestamp: ago(60) } },
      'terminating',
      'it is being removed and should have been gone 60 s ago',
      false,
    ],
    [
      'a pod its node put out',
      {
        status: {
          phase: 'Failed',
          reason: 'Evicted',
          message: 'The node was low on resource: memory.',
          conditions: [],
        },
      },
      'failed',
      'its node put it out: The node was low on resource: memory.',
      false,
    ],
    [
      'a node that does not answer',
      { status: { phase: 'Unknown', conditions: unready } },
      'unknown',
      'its node node-1 does not answer',
      false,
    ],
    [
      'a pod that has finished',
      { status: { phase: 'Succeeded', conditions: unready } },
      'completed',
      'it has finished',
      false,
    ],
    [
      'a pod of which nothing is known',
      {
        status: {
          phase: 'Running',
          conditions: unready,
          containerStatuses: [],
        },
      },
      'not ready',
      'its cluster does not say why',
      false,
    ],
  ])('tells of %s', (_, changes, state, words, fatal) => {
    expect(explain(changes)).toEqual({ state, words, fatal });
  });
});

describe('podView', () => {
  it('sums restarts and tells the last end of a container that runs again', () => {
    const view = podView(
      podSchema.parse(
        pod(undefined, {
          container: {
            restartCount: 2,
            lastState: {
              terminated: {
                reason: 'OOMKilled',
                exitCode: 137,
                finishedAt: ago(60),
              },
            },
          },
        }),
      ),
      NOW,
    );
    expect(view).toMatchObject({
      state: 'ready',
      restarts: 2,
      lastTermination: {
        container: 'app',
        reason: 'OOMKilled',
        words: 'out of memory: used more than its limit of 96 MiB',
        exitCode: 137,
        at: ago(60),
      },
    });
  });

  it('has no limit when one of its containers has none', () => {
    const view = podView(
      podSchema.parse(
        pod(undefined, {
          spec: {
            containers: [
              { name: 'a', resources: { limits: { memory: '1Gi' } } },
              { name: 'b' },
            ],
          },
        }),
      ),
      NOW,
    );
    expect(view.limits).toEqual({
      cpuCores: undefined,
      memoryBytes: undefined,
    });
  });
});
