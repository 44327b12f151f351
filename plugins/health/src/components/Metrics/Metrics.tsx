import { ChartGroup } from '@ghostlight/plugin-ghostlight-react';
import type {
  HealthMetrics,
  HealthWindow,
} from '@ghostlight/plugin-health-common';
import type { MetricsResult } from '../../hooks';
import { windowWords } from '../windowWords';
import { ChartsSkeleton } from './ChartsSkeleton';
import styles from './Metrics.module.css';
import { MetricsTrouble } from './MetricsTrouble';
import { WorkloadCharts } from './WorkloadCharts';

export interface MetricsProps {
  environment: string;
  window: HealthWindow;
  result: MetricsResult;
  /** The charts were held still by the person. */
  isHeld: boolean;
}

/** Requests, errors, latency, CPU and memory over the window, or why not. */
export function Metrics(props: MetricsProps) {
  const { environment, window, result, isHeld } = props;
  const { metrics, lastGood, error } = result;
  if (!metrics && !error) {
    return <ChartsSkeleton />;
  }
  const isOld = error !== undefined || metrics?.problem !== undefined;
  const shown = metrics?.workloads.length ? metrics : lastGood;
  const isNotConfigured = metrics?.problem?.code === 'not-configured';
  return (
    <div className={styles.metrics}>
      <MetricsTrouble environment={environment} result={result} />
      {shown && !isNotConfigured && (
        <Charts
          metrics={shown}
          window={window}
          isLive={!isHeld && !isOld}
          isOld={isOld}
        />
      )}
    </div>
  );
}

function Charts(props: {
  metrics: HealthMetrics;
  window: HealthWindow;
  isLive: boolean;
  isOld: boolean;
}) {
  const { metrics, window, isLive, isOld } = props;
  const { workloads, notes } = metrics;
  return (
    <div>
      <ChartGroup
        from={metrics.from}
        to={metrics.to}
        stepSeconds={metrics.stepSeconds}
        isLive={isLive}
        isOld={isOld}
      >
        {workloads.map(workload => (
          <WorkloadCharts
            key={`${workload.workload.kind}/${workload.workload.namespace}/${workload.workload.name}`}
            metrics={workload}
            deploys={metrics.deploys}
            over={`last ${windowWords(window)}`}
            isOnly={workloads.length === 1}
          />
        ))}
      </ChartGroup>
      {notes.map(note => (
        <p key={note} className={styles.note}>
          {note}
        </p>
      ))}
    </div>
  );
}
