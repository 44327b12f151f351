import {
  CodeBlock,
  ErrorState,
  Panel,
  reasonOf,
} from '@ghostlight/plugin-ghostlight-react';
import type { HealthMetrics } from '@ghostlight/plugin-health-common';
import type { MetricsResult } from '../../hooks';
import { Hint } from '../Hint';
import styles from './Metrics.module.css';

export interface MetricsTroubleProps {
  environment: string;
  result: MetricsResult;
}

/** Why there are no metrics or none of now, and what to do; nothing where all is well. */
export function MetricsTrouble(props: MetricsTroubleProps) {
  const { environment, result } = props;
  const { metrics, lastGood, error } = result;
  const problem = metrics?.problem;
  if (error) {
    return (
      <Unavailable
        what={`Could not read the metrics in ${environment}`}
        message={reasonOf(error).message}
        result={result}
      />
    );
  }
  if (!problem) {
    return null;
  }
  if (problem.code === 'not-configured') {
    return (
      <NotConfigured environment={environment} message={problem.message} />
    );
  }
  if (problem.code === 'no-workloads') {
    return (
      <Panel title="No metrics yet">
        <div className={styles.prose}>
          <p>{problem.message}</p>
          {problem.hint && <Hint text={problem.hint} />}
        </div>
      </Panel>
    );
  }
  return (
    <Unavailable
      what={
        lastGood
          ? `No metrics of ${environment} since ${clock(lastGood)}`
          : `No metrics of ${environment} now`
      }
      message={problem.message}
      hint={problem.hint}
      result={result}
    />
  );
}

function Unavailable(props: {
  what: string;
  message: string;
  hint?: string;
  result: MetricsResult;
}) {
  const { what, message, hint, result } = props;
  return (
    <ErrorState
      what={what}
      error={{ name: 'Error', message }}
      hint={hint?.replaceAll('`', '')}
      onRetry={result.refetch}
      isRetrying={result.isFetching}
    />
  );
}

/** The lines to add stand for the hint, which says the same in words. */
function NotConfigured(props: { environment: string; message: string }) {
  const { environment, message } = props;
  return (
    <Panel title="Requests, errors, latency, CPU and memory">
      <div className={styles.prose}>
        <p>{message}</p>
        <p>
          Whoever runs this portal tells it where the Prometheus of{' '}
          {environment} is, in app-config.yaml:
        </p>
        <CodeBlock
          label="Configuration of metrics"
          code={[
            'ghostlight:',
            '  environments:',
            `    - name: ${environment}`,
            '      prometheus:',
            '        url: http://prometheus.example:9090',
            '        # token: ${PROMETHEUS_TOKEN}',
            '      metrics:',
            '        preset: istio',
          ].join('\n')}
        />
      </div>
    </Panel>
  );
}

const hoursAndMinutes = new Intl.DateTimeFormat('en-GB', {
  hour: '2-digit',
  minute: '2-digit',
});

function clock(metrics: HealthMetrics): string {
  return hoursAndMinutes.format(new Date(metrics.to));
}
