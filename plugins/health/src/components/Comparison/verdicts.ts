import type { StatusValue } from '@ghostlight/plugin-ghostlight-react';
import type {
  ComparisonVerdict,
  DeployComparison,
  WorkloadComparison,
} from '@ghostlight/plugin-health-common';

interface VerdictLook {
  /** At the end of a sentence. */
  clause: string;
  /** Alone. */
  word: string;
  status: StatusValue;
}

export const verdicts: Record<ComparisonVerdict, VerdictLook> = {
  worse: { clause: 'worse', word: 'Worse', status: 'degraded' },
  undecided: {
    clause: 'too little traffic to tell whether it is worse',
    word: 'Cannot tell',
    status: 'unknown',
  },
  'no-data': {
    clause: 'no data to compare it by',
    word: 'No data',
    status: 'unknown',
  },
  'no-worse': { clause: 'no worse', word: 'No worse', status: 'healthy' },
  better: { clause: 'better', word: 'Better', status: 'healthy' },
};

/** The workload that was deployed last, where there was something before it. */
export function lastDeployed(
  comparison: DeployComparison | undefined,
): WorkloadComparison | undefined {
  return comparison?.workloads
    .filter(({ before }) => before.revision !== undefined)
    .sort((a, b) => Date.parse(b.after.from) - Date.parse(a.after.from))[0];
}
