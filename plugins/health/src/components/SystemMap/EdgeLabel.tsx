import type { MapEdge } from '@ghostlight/plugin-health-common';
import { labelSize } from './drawMap';
import { edgeLook } from './edgeLook';
import { errorWords, latencyWords, rateWords } from './figures';
import type { Point } from './layout';
import styles from './SystemMap.module.css';

/** Rate, errors and latency of an edge, on its line. */
export function EdgeLabel(props: { edge: MapEdge; at: Point }) {
  const { edge, at } = props;
  const look = edgeLook(edge);
  return (
    <div
      className={styles.label}
      style={{
        left: at.x - labelSize.width / 2,
        top: at.y - labelSize.height / 2,
        width: labelSize.width,
        height: labelSize.height,
      }}
    >
      <span className={styles.plate}>
        {look.isUnseen ? (
          <span className={styles.unseenWords}>no traffic seen</span>
        ) : (
          <Figures edge={edge} />
        )}
      </span>
    </div>
  );
}

function Figures(props: { edge: MapEdge }) {
  const { edge } = props;
  const { tone, isUndeclared } = edgeLook(edge);
  const { requestsPerSecond, errorRatio, p95Ms } = edge;
  return (
    <>
      <span className={styles.rate}>{rateWords(requestsPerSecond)}</span>
      {p95Ms !== undefined && (
        <span className={styles.rate}>{latencyWords(p95Ms)}</span>
      )}
      {errorRatio !== undefined && (
        <span className={styles[`${tone}Words`]}>
          {errorWords(errorRatio)} fail
        </span>
      )}
      {isUndeclared && <span className={styles.undeclared}>not declared</span>}
    </>
  );
}
