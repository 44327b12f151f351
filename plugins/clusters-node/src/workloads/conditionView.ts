import type { ConditionView } from '../types';

/** A condition as Kubernetes has it. */
interface Condition {
  type: string;
  status: 'True' | 'False' | 'Unknown';
  reason?: string;
  message?: string;
  lastTransitionTime?: string;
}

export function conditionView(condition: Condition): ConditionView {
  const { type, status, reason, message, lastTransitionTime } = condition;
  return { type, status, reason, message, at: lastTransitionTime };
}
