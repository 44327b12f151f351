import type { MapEdge } from '@ghostlight/plugin-health-common';
import { edgeLook } from './edgeLook';
import { arrowPath, edgePath } from './edgePath';
import type { Point } from './layout';
import styles from './SystemMap.module.css';

/** The traffic of one edge as a line with an arrowhead. */
export function EdgeLine(props: { edge: MapEdge; points: Point[] }) {
  const { edge, points } = props;
  const look = edgeLook(edge);
  const tone = look.isUnseen ? styles.unseen : styles[look.tone];
  return (
    <g className={tone} data-edge={`${edge.from} ${edge.to}`}>
      <path
        className={styles.line}
        d={edgePath(points)}
        strokeWidth={look.width}
      />
      <path className={styles.arrow} d={arrowPath(points, look.width)} />
    </g>
  );
}
