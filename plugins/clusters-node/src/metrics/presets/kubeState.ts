import type { LabelName } from '../../config/MetricsConfig';
import { literalPattern, promDuration, quoted } from '../template/promql';

/** How often containers of these pods restarted within the window; kube-state-metrics' names. */
export function restartsQuery(
  label: (name: LabelName) => string,
  namespace: string,
  pods: string[],
  windowMs: number,
): string {
  const matchers = [
    `${label('namespace')}=${quoted(namespace)}`,
    `${label('pod')}=~${quoted(pods.map(literalPattern).join('|'))}`,
  ].join(',');
  return `sum(increase(kube_pod_container_status_restarts_total{${matchers}}[${promDuration(
    windowMs,
  )}]))`;
}
