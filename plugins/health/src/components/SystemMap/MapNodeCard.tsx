import { Link } from '@backstage/ui';
import { Status, statusLook } from '@ghostlight/plugin-ghostlight-react';
import type { MapNode } from '@ghostlight/plugin-health-common';
import { sparkline } from '../Objectives/sparkline';
import { toneOf } from './edgeLook';
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
      aria-label={nodeWords(node)}
    >
      <span className={styles.title}>{node.name}</span>{' '}
      <span className={styles.state}>
        <Status value={node.status} variant="plain" />{' '}
        {node.desired !== undefined && (
          <span className={styles.replicas}>
            {node.ready ?? 0} of {node.desired}
          </span>
        )}
      </span>{' '}
      <Figures node={node} />
    </Link>
  );
}

/** The words of the card, as they are said: `orders: Degraded 2 of 3 11/s, 310 ms 4.2 % fail`. */
function nodeWords(node: MapNode): string {
  const { name, status, ready = 0, desired, errorRatio } = node;
  return [
    `${name}:`,
    statusLook(status).word,
    ...(desired === undefined ? [] : [`${ready} of ${desired}`]),
    trafficOf(node),
    ...(errorRatio === undefined ? [] : [`${errorWords(errorRatio)} fail`]),
  ].join(' ');
}

function trafficOf({ requestsPerSecond, p95Ms }: MapNode): string {
  if (requestsPerSecond === undefined) {
    return 'no traffic known';
  }
  return [
    rateWords(requestsPerSecond),
    ...(p95Ms === undefined ? [] : [latencyWords(p95Ms)]),
  ].join(', ');
}

function Figures(props: { node: MapNode }) {
  const { requestsPerSecond, errorRatio, trend = [] } = props.node;
  if (requestsPerSecond === undefined) {
    return <span className={styles.figures}>{trafficOf(props.node)}</span>;
  }
  const most = Math.max(0, ...trend.map(([, value]) => value ?? 0));
  return (
    <span className={styles.figures}>
      <span className={styles.figure}>{trafficOf(props.node)}</span>{' '}
      {errorRatio !== undefined && (
        <span className={styles[`${toneOf(errorRatio)}Words`]}>
          {errorWords(errorRatio)} fail
        </span>
      )}
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
