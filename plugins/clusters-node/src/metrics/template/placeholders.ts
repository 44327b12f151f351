import type { QueryName } from '../../config/MetricsConfig';

/** What stands for something in a query of one's own, written with a dollar sign: `$namespace`. */
export const PLACEHOLDERS = [
  'namespace',
  'workload',
  'pods',
  'revision',
  'window',
] as const;

export type Placeholder = (typeof PLACEHOLDERS)[number];

/** Which placeholders a query has, so that it is about one workload and not about all. */
export interface PlaceholderRules {
  required: Placeholder[];
  /** One of these at least. */
  oneOf: Placeholder[];
  optional: Placeholder[];
}

const OF_A_WORKLOAD: PlaceholderRules = {
  required: ['namespace', 'window'],
  oneOf: ['workload', 'pods'],
  optional: ['revision'],
};

export const QUERY_PLACEHOLDERS: Record<QueryName, PlaceholderRules> = {
  requests: OF_A_WORKLOAD,
  errors: OF_A_WORKLOAD,
  durations: OF_A_WORKLOAD,
  traffic: { required: ['namespace', 'window'], oneOf: [], optional: [] },
  cpu: { ...OF_A_WORKLOAD, optional: [] },
  memory: {
    required: ['namespace'],
    oneOf: ['workload', 'pods'],
    optional: ['window'],
  },
};
