import { Link } from '@backstage/ui';
import {
  DataColumn,
  DataTable,
  formatClock,
  Panel,
  RelativeTime,
  Status,
} from '@ghostlight/plugin-ghostlight-react';
import type {
  HealthMap,
  MapEdge,
  MapNode,
} from '@ghostlight/plugin-health-common';
import { keyOf } from './drawMap';
import { edgeLook, toneOf } from './edgeLook';
import { errorWords, latencyWords, rateWords } from './figures';
import { byWorst } from './mapAnswer';
import styles from './SystemMap.module.css';
import { useEntityPaths } from './useEntityPaths';

type Figures = Pick<
  MapNode | MapEdge,
  'requestsPerSecond' | 'errorRatio' | 'p95Ms'
>;

const figureColumns: DataColumn<Figures>[] = [
  {
    id: 'rate',
    title: 'Requests',
    numeric: true,
    render: row => rateWords(row.requestsPerSecond),
  },
  {
    id: 'errors',
    title: 'Errors',
    numeric: true,
    render: ({ errorRatio }) => (
      <span className={styles[`${toneOf(errorRatio)}Words`]}>
        {errorWords(errorRatio)}
      </span>
    ),
  },
  {
    id: 'p95',
    title: 'p95',
    numeric: true,
    render: row => latencyWords(row.p95Ms),
  },
];

const nodeColumns: DataColumn<MapNode>[] = [
  {
    id: 'name',
    title: 'Component',
    rowHeader: true,
    render: node => <NodeLink node={node} />,
  },
  {
    id: 'status',
    title: 'Health',
    render: node => <Status value={node.status} variant="plain" />,
  },
  {
    id: 'replicas',
    title: 'Ready',
    numeric: true,
    render: ({ ready = 0, desired }) =>
      desired === undefined ? 'no data' : `${ready} of ${desired}`,
  },
  ...figureColumns,
];

/** All that the map shows, to be read. */
export function MapTables(props: { name: string; map: HealthMap }) {
  const { name, map } = props;
  const nameOf = (id: string) =>
    map.nodes.find(node => node.id === id)?.name ?? id;
  return (
    <>
      <Panel title="Components" flush>
        <DataTable
          caption={`Components of ${name}`}
          columns={nodeColumns}
          rows={map.nodes.filter(({ id }) => id !== 'unknown').sort(byWorst)}
          rowKey={({ id }) => id}
        />
      </Panel>
      {map.edges.length > 0 && (
        <Panel title="Calls" flush>
          <DataTable
            caption={`Calls within ${name}`}
            columns={edgeColumns(nameOf)}
            rows={[...map.edges].sort(
              (a, b) => (b.errorRatio ?? 0) - (a.errorRatio ?? 0),
            )}
            rowKey={keyOf}
          />
        </Panel>
      )}
    </>
  );
}

function edgeColumns(nameOf: (id: string) => string): DataColumn<MapEdge>[] {
  return [
    {
      id: 'call',
      title: 'Call',
      rowHeader: true,
      render: ({ from, to }) =>
        `${from === 'unknown' ? 'outside' : nameOf(from)} → ${nameOf(to)}`,
    },
    ...figureColumns,
    {
      id: 'known',
      title: 'Known from',
      render: edge => <KnownFrom edge={edge} />,
    },
  ];
}

function NodeLink(props: { node: MapNode }) {
  const { node } = props;
  const path = useEntityPaths()(node.id);
  return (
    <>
      {path ? <Link href={path}>{node.name}</Link> : node.name}
      {!node.member && <span className={styles.quiet}> (another system)</span>}
    </>
  );
}

function KnownFrom(props: { edge: MapEdge }) {
  const { edge } = props;
  const look = edgeLook(edge);
  if (look.isUnseen) {
    return (
      <>
        catalog; no traffic seen
        {edge.seenAt && (
          <>
            {' '}
            since <RelativeTime at={edge.seenAt} format={formatClock} />
          </>
        )}
      </>
    );
  }
  if (look.isUndeclared) {
    return (
      <Status
        variant="plain"
        value="degraded"
        word="traffic, not declared in the catalog"
        className={styles.wrapping}
      />
    );
  }
  return <>{edge.sources.join(' and ')}</>;
}
