import { Deployment } from '@ghostlight/plugin-delivery-common';
import { Builder, Cluster, Source } from '../service/ports';

/** How long the slow parts of a deployment may take. */
export type DeploymentTimes = {
  buildTimeoutMs: number;
  rolloutTimeoutMs: number;
  /** How long a forge or cluster that does not answer is asked again. */
  unavailableMs: number;
};

/**
 * What the steps of a deployment work with. They are plain functions of it and repeat without harm, so whatever runs
 * them may begin again after an interruption.
 */
export type DeploymentContext = {
  deployment: Deployment;
  cluster: Cluster;
  builder: Builder;
  source: Source;
  times: DeploymentTimes;
  /** Adds a line to the log that people see. */
  log(line: string): void;
  /** Keeps a secret out of the log from now on. */
  hide(secret: string): void;
  /** Aborted when the deployment must stop: superseded, shutting down or the lease lost. */
  signal: AbortSignal;
  pause(ms: number, signal: AbortSignal): Promise<void>;
};
