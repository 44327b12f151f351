import {
  sinceWords,
  type PodView,
  type WorkloadTraffic,
  type WorkloadView,
} from '@ghostlight/plugin-clusters-node';
import type { HealthStatus } from '@ghostlight/plugin-health-common';
import { worstPodWords } from './podWords';
import { worst } from './status';
import { healthTraffic, judgeTraffic } from './trafficRules';
import { trafficWords } from './trafficWords';

/** What is said of a workload, without its last deploy. */
export interface WorkloadJudgement {
  status: HealthStatus;
  /** A sentence or two, e.g. `3 of 3 replicas ready.` */
  detail: string;
}

interface Crash {
  name: string;
  ready: boolean;
  at: string;
  reason?: string;
  words: string;
}

/** Replicas that never were ready may take so long before that counts as failing. */
const STARTING_MS = 2 * 60_000;
/** A crash is news for so long after the replica is back. */
const RECENT_CRASH_MS = 5 * 60_000;

/** Whether a workload does well: its replicas, and what its callers saw. Pure: everything it looks at is given. */
export function judgeWorkload(
  view: WorkloadView,
  now: Date,
  traffic?: WorkloadTraffic,
): WorkloadJudgement {
  if (view.desired === 0) {
    return { status: 'unknown', detail: 'Scaled to 0: nothing runs.' };
  }
  const seen = judgeTraffic(traffic);
  const measured = healthTraffic(traffic);
  const isBad = seen === 'degraded' || seen === 'failing';
  const replicas = judgeReplicas(
    view,
    now,
    measured ? `, ${trafficWords(measured, isBad)}` : '',
  );
  return {
    ...replicas,
    status: worst([replicas.status, seen ?? 'healthy']),
  };
}

/** @param rates - follows the count of replicas, e.g. `, 0.2 % errors` */
function judgeReplicas(
  view: WorkloadView,
  now: Date,
  rates: string,
): WorkloadJudgement {
  const { desired, ready } = view;
  const pods = view.pods.filter(({ state }) => state !== 'terminating');
  const unready = pods.filter(pod => !pod.ready);
  const counts = `${ready} of ${desired} replicas ready${rates}`;
  const rollout = rolloutWords(view);
  const cause = worstPodWords(unready) ?? refusalWords(view);
  const others = memoryWords(pods, now);
  const because = [cause, others]
    .flatMap(words => (words ? `. ${upperFirst(words)}` : []))
    .join('');

  if (ready === 0) {
    const startedAt = view.revision?.at ?? view.createdAt;
    const isStarting =
      now.getTime() - Date.parse(startedAt) < STARTING_MS &&
      unready.every(
        ({ state }) => state === 'starting' || state === 'pending',
      ) &&
      !refusalWords(view);
    return {
      status: isStarting ? 'degraded' : 'failing',
      detail: `${counts}${because}.`,
    };
  }
  if (ready < desired) {
    return {
      status: 'degraded',
      detail: `${counts}${rollout ? `, ${rollout}` : ''}${because}.`,
    };
  }
  const stuck = unready.filter(isStuck);
  if (rollout && (stuck.length > 0 || refusalWords(view) || isOverdue(view))) {
    const reason = worstPodWords(stuck) ?? refusalWords(view);
    return {
      status: 'degraded',
      detail: `${counts}, but ${rollout} does not get on${
        reason ? `. ${upperFirst(reason)}` : ''
      }.`,
    };
  }
  const crashed = recentCrash(pods, now);
  if (crashed) {
    return { status: 'degraded', detail: `${counts}, but ${crashed}.` };
  }
  const paused = view.paused ? ' Its rollout is paused.' : '';
  return {
    status: 'healthy',
    detail: rollout
      ? `${counts}. ${upperFirst(rollout)}.${paused}`
      : `${counts}.${paused}`,
  };
}

/** undefined when every replica runs the newest spec. */
function rolloutWords(view: WorkloadView): string | undefined {
  const { desired, updated, revision } = view;
  const old = view.pods.some(
    ({ revisionHash, state }) =>
      state !== 'terminating' && revision && revisionHash !== revision.hash,
  );
  if (view.observed && updated >= desired && !old) {
    return undefined;
  }
  const what = revision?.commit
    ? revision.commit.sha.slice(0, 7)
    : 'a new revision';
  return `rolling out ${what} (${Math.min(
    updated,
    desired,
  )} of ${desired} replaced)`;
}

function refusalWords(view: WorkloadView): string | undefined {
  const refused = view.conditions.find(
    ({ type, status }) => type === 'ReplicaFailure' && status === 'True',
  );
  return (
    refused &&
    `the cluster refuses to make its pods: ${
      refused.message ?? refused.reason ?? 'no reason given'
    }`
  );
}

function isOverdue(view: WorkloadView): boolean {
  return view.conditions.some(
    ({ type, reason }) =>
      type === 'Progressing' && reason === 'ProgressDeadlineExceeded',
  );
}

function isStuck({ state }: PodView): boolean {
  return state === 'crashing' || state === 'failed' || state === 'not ready';
}

/** Those that crashed a moment ago, the newest first. */
function recentCrashes(pods: PodView[], now: Date): Crash[] {
  return pods
    .flatMap(({ name, ready, restarts, lastTermination: last }) =>
      restarts > 0 &&
      last?.at &&
      last.exitCode !== 0 &&
      now.getTime() - Date.parse(last.at) < RECENT_CRASH_MS
        ? [{ name, ready, at: last.at, reason: last.reason, words: last.words }]
        : [],
    )
    .sort((a, b) => Date.parse(b.at) - Date.parse(a.at));
}

function recentCrash(pods: PodView[], now: Date): string | undefined {
  const crashes = recentCrashes(pods, now);
  const [newest] = crashes;
  if (!newest) {
    return undefined;
  }
  const since = `${sinceWords(newest.at, now)} ago`;
  if (crashes.length === 1) {
    return `${newest.name} was started again ${since}: ${newest.words}`;
  }
  const what = crashes.every(isOutOfMemory)
    ? 'ran out of memory and were started again'
    : 'were started again';
  return `${crashes.length} replicas ${what}, ${newest.name} ${since}: ${newest.words}`;
}

/** Of replicas that are back as well as of those that are not: one may be said to crash while others just did. */
function memoryWords(pods: PodView[], now: Date): string | undefined {
  const crashes = recentCrashes(pods, now).filter(isOutOfMemory);
  return crashes.length > 1 && crashes.some(({ ready }) => ready)
    ? `${crashes.length} replicas ran out of memory`
    : undefined;
}

function isOutOfMemory({ reason }: Crash): boolean {
  return reason === 'OOMKilled';
}

function upperFirst(text: string): string {
  // Names of pods are lower case and stay so.
  return /^[a-z0-9-]+-[a-z0-9-]+ /.test(text)
    ? text
    : text.charAt(0).toUpperCase() + text.slice(1);
}
