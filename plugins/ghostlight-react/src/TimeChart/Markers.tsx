import { useChartGroup } from './ChartGroup';
import type { Geometry } from './geometry';
import type { MarkerGroup } from './groupMarkers';
import styles from './TimeChart.module.css';
import { formatPointTime } from './timeTicks';
import { useCrosshair } from './useCrosshair';

/** As wide as a tip may be, with a little air. */
const widestTip = '15.5rem';

export interface MarkersProps {
  groups: readonly MarkerGroup[];
  geometry: Geometry;
  times: readonly number[];
}

/**
 * The heads of the deploy lines; each tells what was deployed on hover, on
 * touch, and when the crosshair of its chart comes to it. The keyboard gets to
 * them by Page Up and Page Down on the chart, without a stop at each.
 */
export function Markers(props: MarkersProps) {
  const { groups, geometry, times } = props;
  return (
    <>
      {groups.map(group => (
        <Marker
          key={group.markers[0].id}
          group={group}
          geometry={geometry}
          times={times}
        />
      ))}
    </>
  );
}

function Marker(props: {
  group: MarkerGroup;
  geometry: Geometry;
  times: readonly number[];
}) {
  const { group, geometry, times } = props;
  const { crosshair } = useChartGroup();
  const at = useCrosshair(crosshair, times);
  const isReached =
    at !== -1 && Math.abs(geometry.xOf(times[at]) - group.x) < 4;
  const isRight = group.x > geometry.width / 2;
  return (
    <>
      <button
        type="button"
        className={styles.head}
        style={{ left: group.x }}
        tabIndex={-1}
        aria-label={group.markers.map(({ title }) => title).join(', ')}
      >
        {group.markers.length > 1 && group.markers.length}
      </button>
      <div
        className={styles.tip}
        // Beside the line, and not beyond the chart.
        style={
          isRight
            ? {
                right: `min(100% - ${group.x - 8}px, 100% - ${widestTip})`,
              }
            : { left: `min(${group.x + 8}px, 100% - ${widestTip})` }
        }
        data-reached={isReached || undefined}
        aria-hidden
      >
        {group.markers.map(marker => (
          <div key={marker.id}>
            <strong>{marker.title}</strong>{' '}
            <span className={styles.when}>
              {formatPointTime(Date.parse(marker.at) / 1000, 60)}
            </span>
            {marker.detail && <div>{marker.detail}</div>}
          </div>
        ))}
      </div>
    </>
  );
}
