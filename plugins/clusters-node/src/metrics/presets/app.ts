import type { MetricNamesConfig, QueryName } from '../../config/MetricsConfig';
import { compileTemplate } from '../template/compileTemplate';
import { QUERY_PLACEHOLDERS } from '../template/placeholders';
import { podPattern } from '../template/podPattern';
import { hasPlaceholder, renderTemplate } from '../template/renderTemplate';
import { cpuQuery, memoryQuery } from './cadvisor';
import { restartsQuery } from './kubeState';
import type { Preset, Target } from './Preset';

type Render = (target: Target, windowMs: number) => string;

/** The query of one's own of this name; undefined when there is none. */
export function ownQuery(
  config: MetricNamesConfig,
  name: QueryName,
): Render | undefined {
  const text = config.queries[name];
  if (text === undefined) {
    return undefined;
  }
  const template = compileTemplate(text, QUERY_PLACEHOLDERS[name]);
  return ({ namespace, workload, revision }, windowMs) =>
    renderTemplate(template, {
      namespace,
      workload,
      pods: podPattern(workload),
      revision,
      windowMs,
    });
}

/** Queries of one's own, for applications that count their requests themselves. */
export function appPreset(config: MetricNamesConfig): Preset {
  const label: Preset['label'] = name => config.labels[name] ?? name;
  const requests = required(config, 'requests');
  const traffic = ownQuery(config, 'traffic');
  const rates = (namespace: string, windowMs: number) =>
    traffic && {
      rates: traffic({ namespace, workload: '', services: [] }, windowMs),
    };
  const tellsRevisions = hasPlaceholder(
    compileTemplate(config.queries.requests ?? '', QUERY_PLACEHOLDERS.requests),
    'revision',
  );
  return {
    name: 'app',
    toMs: config.durationUnit === 'seconds' ? 1_000 : 1,
    label,
    requests,
    errors: required(config, 'errors'),
    durations: required(config, 'durations'),
    cpu:
      ownQuery(config, 'cpu') ??
      ((target, windowMs) => cpuQuery(label, target, windowMs)),
    memory:
      ownQuery(config, 'memory') ?? (target => memoryQuery(label, target)),
    restarts: (namespace, pods, windowMs) =>
      restartsQuery(label, namespace, pods, windowMs),
    traffic: rates,
    overview: rates,
    notes: ({ revision }) =>
      revision !== undefined && !tellsRevisions
        ? [
            'the configured queries do not tell revisions apart: all are counted',
          ]
        : [],
  };
}

function required(config: MetricNamesConfig, name: QueryName): Render {
  const query = ownQuery(config, name);
  if (!query) {
    // readMetricsConfig checks this.
    throw new Error(`The preset app has no query ${name}`);
  }
  return query;
}
