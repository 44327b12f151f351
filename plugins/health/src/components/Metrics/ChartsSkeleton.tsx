import { Skeleton } from '@backstage/ui';
import { Loading } from '@ghostlight/plugin-ghostlight-react';
import styles from './Metrics.module.css';

const charts = ['requests', 'errors', 'latency', 'cpu', 'memory'] as const;

/** The shape of the charts while the first answer is on its way. */
export function ChartsSkeleton() {
  return (
    <Loading label="Reading the metrics">
      <div className={styles.metrics} aria-hidden>
        <div className={styles.grid}>
          {charts.map(id => (
            <div key={id} className={styles[id]}>
              <Skeleton width="100%" height={240} />
            </div>
          ))}
        </div>
      </div>
    </Loading>
  );
}
