import {
  sinceWords,
  type WorkloadView,
} from '@ghostlight/plugin-clusters-node';
import type {
  HealthRevision,
  WorkloadHealth,
} from '@ghostlight/plugin-health-common';
import type { HealthFacts } from './facts';
import { judgeWorkload } from './judgeWorkload';
import { podHealth } from './podHealth';
import { trafficKey } from '../service/TrafficSource';
import { statusWord } from './status';
import { healthTraffic } from './trafficRules';

type Facts = Pick<
  HealthFacts,
  'now' | 'usage' | 'traffic' | 'commits' | 'names'
>;

export function workloadHealth(
  view: WorkloadView,
  facts: Facts,
): WorkloadHealth {
  const traffic = facts.traffic.get(trafficKey(view.ref));
  const { status, detail } = judgeWorkload(view, facts.now, traffic);
  const usage = facts.usage.get(view.ref.environment);
  const deploy = lastDeploy(view, facts);
  return {
    ref: view.ref,
    status,
    sentence: [`${statusWord(status)}. ${detail}`, deploy]
      .filter(Boolean)
      .join(' '),
    revision: revisionHealth(view, facts),
    replicas: {
      desired: view.desired,
      ready: view.ready,
      updated: view.updated,
    },
    traffic: healthTraffic(traffic),
    pods: view.pods.map(pod => podHealth(pod, usage?.get(pod.name))),
  };
}

function revisionHealth(
  { revision }: WorkloadView,
  { commits }: Facts,
): HealthRevision | undefined {
  if (!revision) {
    return undefined;
  }
  const { hash, images, at, by, commit } = revision;
  return {
    hash,
    images,
    at,
    by,
    commit: commit && {
      repo: commit.repo,
      sha: commit.sha,
      ...commits.get(commit.sha),
    },
  };
}

/** `Last deploy 12 min ago (a1b2c3d by Maya).`, of that what is known. */
function lastDeploy(
  { revision }: WorkloadView,
  { now, names }: Facts,
): string | undefined {
  if (!revision) {
    return undefined;
  }
  const by = revision.by && (names.get(revision.by) ?? nameOf(revision.by));
  const details = [revision.commit?.sha.slice(0, 7), by && `by ${by}`]
    .filter(Boolean)
    .join(' ');
  return `Last deploy ${sinceWords(revision.at, now)} ago${
    details ? ` (${details})` : ''
  }.`;
}

/** `user:default/maya` is maya. */
function nameOf(userRef: string): string {
  return userRef.slice(userRef.lastIndexOf('/') + 1);
}
