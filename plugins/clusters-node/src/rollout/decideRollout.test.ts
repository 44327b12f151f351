import { NOW, pod, unready } from '../__testUtils__/objects';
import { podSchema } from '../kube/objects';
import type { PodView, WorkloadView } from '../types';
import { podView } from '../workloads/podView';
import { decideRollout } from './decideRollout';

const podOf = (changes: Partial<PodView> = {}): PodView => ({
  ...podView(podSchema.parse(pod()), NOW),
  revisionHash: 'new',
  ...changes,
});

const crashing = podOf({
  state: 'crashing',
  ready: false,
  notReadyReason: 'it ended with an error (exit 1)',
});

const view = (changes: Partial<WorkloadView> = {}): WorkloadView => ({
  ref: {
    environment: 'local',
    namespace: 'default',
    kind: 'Deployment',
    name: 'orders',
  },
  uid: 'u',
  labels: {},
  annotations: {},
  createdAt: NOW.toISOString(),
  desired: 2,
  ready: 2,
  updated: 2,
  available: 2,
  observed: true,
  revision: {
    workload: {
      environment: 'local',
      namespace: 'default',
      kind: 'Deployment',
      name: 'orders',
    },
    hash: 'new',
    images: [],
    at: NOW.toISOString(),
  },
  revisions: [],
  pods: [podOf(), podOf()],
  conditions: [],
  paused: false,
  ...changes,
});

const decide = (changes: Partial<WorkloadView>) =>
  decideRollout({
    view: view(changes),
    isFatal: ({ state }) => state === 'crashing',
  });

describe('decideRollout', () => {
  it('is done when all replicas are new and available and no old one is left', () => {
    expect(decide({})).toEqual({ kind: 'done' });
    expect(
      decide({ pods: [podOf(), podOf(), podOf({ revisionHash: 'old' })] }).kind,
    ).toBe('wait');
    expect(
      decide({
        pods: [
          podOf(),
          podOf(),
          podOf({ revisionHash: 'old', state: 'terminating' }),
        ],
      }),
    ).toEqual({ kind: 'done' });
  });

  it('waits for the controller to see the newest spec before it believes any number', () => {
    expect(decide({ observed: false })).toMatchObject({ kind: 'wait' });
  });

  it('waits with the numbers and the reason of a replica that is not ready', () => {
    expect(
      decide({
        updated: 1,
        ready: 1,
        available: 1,
        pods: [
          podOf({
            name: 'orders-new-1',
            ready: false,
            state: 'starting',
            notReadyReason: 'it started 5 s ago and is not ready yet',
          }),
        ],
      }),
    ).toEqual({
      kind: 'wait',
      progress: {
        desired: 2,
        updated: 1,
        ready: 1,
        message:
          '1 of 2 replicas updated, 1 ready; orders-new-1: it started 5 s ago and is not ready yet',
      },
    });
  });

  it('gives up early when a new replica crashes, not when an old one does', () => {
    expect(decide({ available: 1, pods: [podOf(), crashing] })).toMatchObject({
      kind: 'failed',
      reason:
        '1 of 2 pods is not ready: CrashLoopBackOff, it ended with an error (exit 1)',
    });
    expect(
      decide({
        available: 1,
        pods: [podOf(), { ...crashing, revisionHash: 'old' }],
      }).kind,
    ).toBe('wait');
  });

  it('gives up when the cluster refuses to make pods', () => {
    expect(
      decide({
        available: 0,
        pods: [],
        conditions: [
          {
            type: 'ReplicaFailure',
            status: 'True',
            message: 'exceeded quota',
          },
        ],
      }),
    ).toMatchObject({
      kind: 'failed',
      reason: 'The cluster refuses to make its pods: exceeded quota',
    });
  });

  it('gives up at the progress deadline, with the reason of a replica', () => {
    const unreadyPod = podView(
      podSchema.parse(
        pod(undefined, {
          status: { phase: 'Running', conditions: unready },
          container: { ready: false },
        }),
      ),
      NOW,
    );
    expect(
      decide({
        available: 1,
        pods: [{ ...unreadyPod, revisionHash: 'new' }],
        conditions: [
          {
            type: 'Progressing',
            status: 'False',
            reason: 'ProgressDeadlineExceeded',
          },
        ],
      }),
    ).toMatchObject({
      kind: 'failed',
      reason: expect.stringContaining('1 of 1 pods is not ready'),
    });
  });

  it('does not wait for what is paused or gone', () => {
    expect(decide({ available: 1, paused: true })).toMatchObject({
      kind: 'failed',
      reason: 'Its rollout is paused',
    });
    expect(
      decideRollout({ view: undefined, isFatal: () => false }),
    ).toMatchObject({ kind: 'failed', reason: 'It is not there any more' });
  });
});
