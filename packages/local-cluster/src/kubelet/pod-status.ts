import type { Json } from '../types.ts';
import type { Container } from './pod-spec.ts';

/** RFC 3339 in whole seconds. */
export type Time = string;

export interface Terminated {
  exitCode: number;
  signal?: number;
  reason: string;
  message?: string;
  startedAt?: Time;
  finishedAt: Time;
  containerID?: string;
}

export type ContainerState =
  | { waiting: { reason: string; message?: string } }
  | { running: { startedAt: Time } }
  | { terminated: Terminated };

export type Phase = 'Pending' | 'Running' | 'Succeeded' | 'Failed';

/** Everything the kubelet knows of a pod that its status tells. */
export interface PodFacts {
  phase: Phase;
  /** Of a pod that failed as a whole. */
  reason?: string;
  message?: string;
  startTime: Time;
  podIp?: string;
  state: ContainerState;
  lastState?: { terminated: Terminated };
  ready: boolean;
  started: boolean;
  /** Why it is not ready, in words, while it runs. */
  notReady?: string;
  restartCount: number;
  imageId?: string;
  containerId?: string;
}

interface Condition {
  type: string;
  status: 'True' | 'False';
  reason?: string;
  message?: string;
  lastProbeTime: null;
  lastTransitionTime: Time;
}

const QOS_RESOURCES = ['cpu', 'memory'];

export function qosClass({ resources }: Pick<Container, 'resources'>): string {
  const { limits, requests } = resources;
  const named = [...Object.keys(limits), ...Object.keys(requests)];
  if (!named.some(name => QOS_RESOURCES.includes(name))) return 'BestEffort';
  const guaranteed = QOS_RESOURCES.every(
    name =>
      limits[name] !== undefined &&
      (requests[name] ?? limits[name]) === limits[name],
  );
  return guaranteed ? 'Guaranteed' : 'Burstable';
}

/** Keeps the time of the last change where the status did not change. */
function since(
  conditions: Omit<Condition, 'lastTransitionTime' | 'lastProbeTime'>[],
  before: unknown,
  now: Time,
): Condition[] {
  const known: Map<unknown, unknown> = new Map();
  for (const old of Array.isArray(before) ? before : []) {
    known.set(`${old?.type}=${old?.status}`, old?.lastTransitionTime);
  }
  return conditions.map(({ type, status, ...why }) => {
    const kept = known.get(`${type}=${status}`);
    return {
      type,
      status,
      lastProbeTime: null,
      lastTransitionTime: typeof kept === 'string' ? kept : now,
      ...why,
    };
  });
}

function stateWords({ state, notReady }: PodFacts): string | undefined {
  if ('waiting' in state) {
    const { reason, message } = state.waiting;
    return message === undefined ? reason : `${reason}: ${message}`;
  }
  if ('terminated' in state) {
    const { reason, exitCode } = state.terminated;
    return `${reason} (exit code ${exitCode})`;
  }
  return notReady;
}

function whyNotReady(facts: PodFacts, container: string) {
  if (facts.phase === 'Succeeded') return { reason: 'PodCompleted' };
  if (facts.phase === 'Failed') return { reason: 'PodFailed' };
  const words = stateWords(facts);
  return {
    reason: 'ContainersNotReady',
    message: `containers with unready status: [${container}]${
      words ? `: ${words}` : ''
    }`,
  };
}

/** @param before - the status as it is stored, for the times at which conditions last changed */
export function podStatus(
  facts: PodFacts,
  container: Pick<Container, 'name' | 'image' | 'resources'>,
  before: { conditions?: unknown },
  now: Time,
): Record<string, Json | undefined> {
  const truth = (type: string, holds: boolean, why: object = {}) =>
    holds
      ? { type, status: 'True' as const }
      : { type, status: 'False' as const, ...why };
  const notReady = whyNotReady(facts, container.name);
  const conditions = since(
    [
      truth('PodScheduled', true),
      truth('Initialized', true),
      truth('ContainersReady', facts.ready, notReady),
      truth('Ready', facts.ready, notReady),
    ],
    before.conditions,
    now,
  );
  return {
    phase: facts.phase,
    reason: facts.reason,
    message: facts.message,
    startTime: facts.startTime,
    hostIP: '127.0.0.1',
    hostIPs: [{ ip: '127.0.0.1' }],
    podIP: facts.podIp,
    podIPs: facts.podIp === undefined ? undefined : [{ ip: facts.podIp }],
    qosClass: qosClass(container),
    conditions: conditions.map(condition => ({ ...condition })),
    containerStatuses: [
      {
        name: container.name,
        image: container.image,
        imageID: facts.imageId ?? '',
        containerID: facts.containerId,
        state: stateJson(facts.state),
        lastState: facts.lastState ? stateJson(facts.lastState) : {},
        ready: facts.ready,
        started: facts.started,
        restartCount: facts.restartCount,
      },
    ],
  };
}

function stateJson(state: ContainerState): Json {
  return Object.fromEntries(
    Object.entries(state).map(([name, detail]) => [name, { ...detail }]),
  );
}
