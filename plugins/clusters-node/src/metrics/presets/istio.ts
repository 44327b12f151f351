import type { MetricNamesConfig } from '../../config/MetricsConfig';
import { literalPattern, promDuration, quoted } from '../template/promql';
import { cpuQuery, memoryQuery, memorySeries } from './cadvisor';
import { restartsQuery } from './kubeState';
import type { Preset, Target } from './Preset';

const REQUESTS = 'istio_requests_total';
const DURATIONS = 'istio_request_duration_milliseconds_bucket';
/** A request failed when its answer was a 5xx or none: Istio writes 0 then. */
const FAILED = '5..|0';

/**
 * Istio's standard metrics, which the proxy in front of a workload counts.
 *
 * @see https://istio.io/latest/docs/reference/config/metrics/
 */
export function istioPreset(
  config: MetricNamesConfig,
  own: Partial<Pick<Preset, 'cpu' | 'memory'>>,
): Preset {
  const label: Preset['label'] = name => config.labels[name] ?? name;
  const bySource = config.reporter === 'source';
  const reporter = `${label('reporter')}=${quoted(config.reporter)}`;

  /** `{...}` of what reached a replica, and of what did not but asked for one of the Services. */
  const selectors = (reached: string[], refused: string[] | undefined) => [
    `{${[reporter, ...reached].join(',')}}`,
    ...(refused && bySource
      ? [
          `{${[
            reporter,
            `${label('destination_workload')}="unknown"`,
            ...refused,
          ].join(',')}}`,
        ]
      : []),
  ];
  const rate = (metric: string, sets: string[], windowMs: number) =>
    sets
      .map(set => `rate(${metric}${set}[${promDuration(windowMs)}])`)
      .join(' or ');
  const ofTarget = (target: Target, more: string[] = []) => {
    const { namespace, workload, services, revision } = target;
    const reached = [
      `${label('destination_workload_namespace')}=${quoted(namespace)}`,
      `${label('destination_workload')}=${quoted(workload)}`,
      ...(revision === undefined
        ? []
        : [`${label('destination_canonical_revision')}=${quoted(revision)}`]),
      ...more,
    ];
    // What reached no replica reached no revision.
    const refused =
      services.length > 0 && revision === undefined
        ? [
            `${label('destination_service_namespace')}=${quoted(namespace)}`,
            `${label('destination_service_name')}=~${quoted(
              services.map(literalPattern).join('|'),
            )}`,
            ...more,
          ]
        : undefined;
    return selectors(reached, refused);
  };
  const ofNamespace = (namespace: string) =>
    selectors(
      [`${label('destination_workload_namespace')}=${quoted(namespace)}`],
      [`${label('destination_service_namespace')}=${quoted(namespace)}`],
    );
  const traffic = (
    namespace: string,
    windowMs: number,
    by: Array<Parameters<Preset['label']>[0]>,
  ) => {
    const sets = ofNamespace(namespace);
    const labels = by.map(label);
    const grouped = [...labels, label('response_code')].join(', ');
    return {
      rates: `sum by (${grouped}) (${rate(REQUESTS, sets, windowMs)})`,
      p95: `histogram_quantile(0.95, sum by (${[...labels, 'le'].join(
        ', ',
      )}) (${rate(DURATIONS, sets.slice(0, 1), windowMs)}))`,
    };
  };

  return {
    name: 'istio',
    toMs: 1,
    label,
    requests: (target, windowMs) =>
      `sum(${rate(REQUESTS, ofTarget(target), windowMs)})`,
    errors: (target, windowMs) =>
      `sum(${rate(
        REQUESTS,
        ofTarget(target, [`${label('response_code')}=~"${FAILED}"`]),
        windowMs,
      )})`,
    durations: (target, windowMs) =>
      `sum by (le) (${rate(
        DURATIONS,
        ofTarget(target).slice(0, 1),
        windowMs,
      )})`,
    // A mesh that counted something in the namespace would have counted requests to a pod that is there.
    idle: target =>
      `0 * count(${memorySeries(label, target)}) and count(${REQUESTS}{${[
        reporter,
        `${label('destination_workload_namespace')}=${quoted(
          target.namespace,
        )}`,
      ].join(',')}})`,
    cpu: own.cpu ?? ((target, windowMs) => cpuQuery(label, target, windowMs)),
    memory: own.memory ?? (target => memoryQuery(label, target)),
    restarts: (namespace, pods, windowMs) =>
      restartsQuery(label, namespace, pods, windowMs),
    traffic: (namespace, windowMs) =>
      traffic(namespace, windowMs, [
        'source_workload',
        'source_workload_namespace',
        'destination_workload',
        'destination_service_name',
      ]),
    // By Service too: it is all there is of requests that reached no replica.
    overview: (namespace, windowMs) => ({
      ...traffic(namespace, windowMs, [
        'destination_workload',
        'destination_service_name',
      ]),
      p95: traffic(namespace, windowMs, ['destination_workload']).p95,
    }),
    notes: () =>
      bySource
        ? []
        : [
            'requests are counted where they arrive: those that reached no replica are not seen',
          ],
  };
}
