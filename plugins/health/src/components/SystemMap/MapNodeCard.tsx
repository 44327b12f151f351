import { Link } from '@backstage/ui';
import { Status } from '@ghostlight/plugin-ghostlight-react';
import type { MapNode } from '@ghostlight/plugin-health-common';
import { sparkline } from '../Objectives/sparkline';
import { errorWords, latencyWords, rateWords } from './figures';
import type { PlacedNode } from './layout';
import styles from './SystemMap.module.css';
import { useEntityPaths } from './useEntityPaths';

/** One component of the map, and the door to its health. */
export function MapNodeCard(props: { node: MapNode; at: PlacedNode }) {
  const { node, at } = props;
  const path = useEntityPaths()(node.id);
  const style = { left: at.x, top: at.y, width: at.width, height: at.height };
  if (!path) {
    return (
      <div
        className={styles.outside}
        style={style}
        data-id={node.id}
        tabIndex={-1}
        title={node.sentence}
      >
        Outside
      </div>
    );
  }
  return (
    <Link
      className={[
        styles.node,
        styles[node.status],
        node.member ? '' : styles.neighbour,
      ].join(' ')}
      style={style}
      href={path}
      data-id={node.id}
      title={node.sentence}
      aria-label={`${node.name}: ${node.sentence}`}
    >
      <span className={styles.title}>{node.name}</span>
      <span className={styles.state}>
        <Status value={node.status} variant="plain" />
        {node.desired !== undefined && (
          <span className={styles.replicas}>
            {node.ready ?? 0} of {node.desired}
          </span>
        )}
      </span>
      <Figures node={node} />
    </Link>
  );
}

function Figures(props: { node: MapNode }) {
  const { requestsPerSecond, errorRatio, p95Ms, trend = [] } = props.node;
  if (requestsPerSecond === undefined) {
    return <span className={styles.figures}>no traffic known</span>;
  }
  const most = Math.max(0, ...trend.map(([, value]) => value ?? 0));
  return (
    <span className={styles.figures}>
      <span>
        {rateWords(requestsPerSecond)}
        {p95Ms !== undefined && `, ${latencyWords(p95Ms)}`}
        <br />
        {errorRatio !== undefined && `${errorWords(errorRatio)} fail`}
      </span>
      {trend.length > 1 && (
        <svg className={styles.trend} width={40} height={18} aria-hidden>
          <path
            d={sparkline(trend, {
              width: 40,
              height: 18,
              from: 0,
              to: most || 1,
            })}
          />
        </svg>
      )}
    </span>
  );
}
