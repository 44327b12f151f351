import type { PodFacts, ServiceFacts } from './observe.ts';

export type ListedPod = PodFacts & { port: number };

/** Who stands behind a Service at this moment. */
export interface Membership {
  /** Gets requests. */
  ready: ListedPod[];
  /** Has an address and gets none: not ready yet, being drained, or ending. */
  notReady: ListedPod[];
  /** Pods the selector means that are meant to serve, with or without an address. */
  expected: number;
}

const hasPort = (pod: PodFacts): pod is ListedPod => pod.port !== undefined;

function selects(service: ServiceFacts, pod: PodFacts): boolean {
  const wanted = Object.entries(service.selector);
  return (
    wanted.length > 0 &&
    pod.namespace === service.namespace &&
    wanted.every(([label, value]) => pod.labels[label] === value)
  );
}

/** @param drained - incarnations of pods that were taken out before their end, by pod uid */
export function decideMembership(
  service: ServiceFacts,
  pods: PodFacts[],
  drained: ReadonlyMap<string, string>,
): Membership {
  const selected = pods.filter(pod => selects(service, pod) && !pod.finished);
  const listed = selected.filter(hasPort);
  const serves = (pod: PodFacts) =>
    pod.ready && drained.get(pod.uid) !== pod.incarnation;
  return {
    ready: listed.filter(serves),
    notReady: listed.filter(pod => !serves(pod)),
    expected: selected.filter(pod => !pod.terminating).length,
  };
}

/** Why a Service cannot answer, for its callers. */
export function whyNobody(
  service: ServiceFacts,
  membership: Membership,
): string {
  if (Object.keys(service.selector).length === 0) {
    return `service ${service.name} has no selector, so no pod stands behind it`;
  }
  const { ready, expected } = membership;
  return `no ready pod behind service ${service.name} (${ready.length} of ${expected} ready)`;
}
