import type { ContainerStatus, Pod } from '../kube/objects';
import type { PodViewState } from '../types';

/** What reasons look at. */
export interface PodFacts {
  pod: Pod;
  /** Containers that should run, those of the start first. */
  containers: ContainerStatus[];
  now: Date;
}

/** Why a pod is not ready. */
export interface PodReason {
  state: PodViewState;
  /** For people: a clause that can follow "because", without a full stop. */
  words: string;
  /** Waiting longer will not help; what a rollout gives up on. */
  fatal: boolean;
}

/** One way of not being ready. */
export interface ReasonRule {
  name: string;
  /** undefined when it is not this. */
  explain(facts: PodFacts): PodReason | undefined;
}
