import type {
  EnvironmentWorkloads,
  Revision,
} from '@ghostlight/plugin-clusters-node';

/** What runs now. */
export function currentRevisions(
  environments: EnvironmentWorkloads[],
): Revision[] {
  return environments
    .flatMap(({ workloads }) => workloads)
    .flatMap(({ revision }) => revision ?? []);
}
