import type {
  EnvironmentWorkloads,
  PodUsage,
  WorkloadTraffic,
} from '@ghostlight/plugin-clusters-node';

/** What is known of a commit besides its id. */
export interface CommitFacts {
  message?: string;
  author?: string;
  at?: string;
}

/** Everything a report is made of. */
export interface HealthFacts {
  entityRef: string;
  now: Date;
  /** What the entity's annotations say about its workloads. */
  annotated:
    | { kind: 'yes'; selector: string }
    | { kind: 'no' }
    | { kind: 'wrong'; reason: string };
  environments: EnvironmentWorkloads[];
  /** Usage by environment, then by pod; missing where nothing is measured. */
  usage: Map<string, Map<string, PodUsage>>;
  /** Requests of the last minutes by `trafficKey`; missing where nothing is measured. */
  traffic: Map<string, WorkloadTraffic>;
  /** Names of the alerts of the entity that fire, by environment. */
  alerts: ReadonlyMap<string, string[]>;
  /** By full commit id. */
  commits: Map<string, CommitFacts>;
  /** What people are called, by user entity ref. */
  names: Map<string, string>;
}
