import { TimeChart } from '@ghostlight/plugin-ghostlight-react';
import type {
  DeployMarker,
  WorkloadMetrics,
} from '@ghostlight/plugin-health-common';
import { useMemo } from 'react';
import { deployMarkers } from './deployMarkers';
import styles from './Metrics.module.css';
import { NoTraffic } from './NoTraffic';
import { hasTraffic, isMeasured, chartsOf } from './chartsOf';

export interface WorkloadChartsProps {
  metrics: WorkloadMetrics;
  deploys: readonly DeployMarker[];
  /** "last 15 min" */
  over: string;
  /** The only workload needs no name of its own. */
  isOnly: boolean;
}

/** The small multiples of one workload. */
export function WorkloadCharts(props: WorkloadChartsProps) {
  const { metrics, deploys, over, isOnly } = props;
  const { name } = metrics.workload;
  const markers = useMemo(() => deployMarkers(deploys, name), [deploys, name]);
  const charts = useMemo(() => chartsOf(metrics), [metrics]);
  const isIdle = isMeasured(metrics) && !hasTraffic(metrics);
  return (
    <section aria-label={`Charts of ${name}`}>
      {!isOnly && <h4 className={styles.workload}>{name}</h4>}
      <div className={styles.grid}>
        {isIdle && <NoTraffic name={name} over={over} />}
        {charts
          .filter(({ id }) => !isIdle || id === 'cpu' || id === 'memory')
          .map(({ id, ...chart }) => (
            <div key={id} className={styles[id]}>
              <TimeChart {...chart} markers={markers} />
            </div>
          ))}
      </div>
    </section>
  );
}
