import type { HealthMap } from '@ghostlight/plugin-health-common';
import { useMemo, useRef } from 'react';
import { drawMap, keyOf } from './drawMap';
import { EdgeLabel } from './EdgeLabel';
import { EdgeLine } from './EdgeLine';
import { MapNodeCard } from './MapNodeCard';
import styles from './SystemMap.module.css';
import { useArrowKeys } from './useArrowKeys';
import { useFit } from './useFit';

export interface MapCanvasProps {
  name: string;
  map: HealthMap;
}

/** Components left to right by the depth of calls, and the traffic between them. Arrow keys go along calls. */
export function MapCanvas(props: MapCanvasProps) {
  const { name, map } = props;
  const drawn = useMemo(() => drawMap(map), [map]);
  const canvas = useRef<HTMLDivElement>(null);
  const room = useRef<HTMLDivElement>(null);
  const zoom = useFit(room, drawn.width);

  useArrowKeys(canvas, drawn);
  return (
    <div
      ref={room}
      className={styles.scroll}
      role="group"
      aria-label={`Map of ${name}`}
      // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a wide map scrolls, and must do so by keyboard
      tabIndex={0}
    >
      <div
        ref={canvas}
        className={styles.canvas}
        style={{ width: drawn.width, height: drawn.height, zoom }}
      >
        <svg
          className={styles.lines}
          width={drawn.width}
          height={drawn.height}
          aria-hidden
        >
          {drawn.edges.map(({ edge, at }) => (
            <EdgeLine key={keyOf(edge)} edge={edge} points={at.points} />
          ))}
        </svg>
        {drawn.edges.map(({ edge, at }) => (
          <EdgeLabel key={keyOf(edge)} edge={edge} at={at.label} />
        ))}
        <ul className={styles.nodes}>
          {drawn.nodes.map(({ node, at }) => (
            <li key={node.id}>
              <MapNodeCard node={node} at={at} />
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}
