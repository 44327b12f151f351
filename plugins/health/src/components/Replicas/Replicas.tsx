import { Button } from '@backstage/ui';
import {
  DataColumn,
  DataTable,
  formatBytes,
  formatCores,
  Meter,
  RelativeTime,
} from '@ghostlight/plugin-ghostlight-react';
import type {
  HealthRevision,
  PodHealth,
} from '@ghostlight/plugin-health-common';
import { useMemo, useState } from 'react';
import { PodStatus, troubleFirst } from './PodStatus';
import styles from './Replicas.module.css';
import { Restarts } from './Restarts';

export interface ReplicasProps {
  workload: string;
  pods: PodHealth[];
  /** The current revision: others are marked. */
  revision?: HealthRevision;
  isCurrent: boolean;
}

/** More than these are shown on demand: those in trouble come first anyway. */
const shownAtFirst = 12;

/** Each replica: does it serve, why not, what does it use. */
export function Replicas(props: ReplicasProps) {
  const { workload, pods, revision, isCurrent } = props;
  const [showAll, setShowAll] = useState(false);
  const sorted = useMemo(() => [...pods].sort(troubleFirst), [pods]);
  const rows =
    showAll || pods.length <= shownAtFirst + 2
      ? sorted
      : sorted.slice(0, shownAtFirst);
  return (
    <>
      <DataTable
        caption={`Replicas of ${workload}`}
        columns={columnsFor(revision, isCurrent)}
        rows={rows}
        rowKey={pod => pod.name}
      />
      {rows.length < pods.length && (
        <div className={styles.more}>
          <Button
            size="small"
            variant="secondary"
            onPress={() => setShowAll(true)}
          >
            {`Show all ${pods.length} replicas`}
          </Button>
        </div>
      )}
    </>
  );
}

function columnsFor(
  revision: HealthRevision | undefined,
  isCurrent: boolean,
): DataColumn<PodHealth>[] {
  return [
    {
      id: 'name',
      title: 'Replica',
      rowHeader: true,
      render: pod => <span className={styles.name}>{pod.name}</span>,
    },
    {
      id: 'state',
      title: 'State',
      render: pod => <PodStatus pod={pod} isCurrent={isCurrent} />,
    },
    {
      id: 'restarts',
      title: 'Restarts',
      render: pod => <Restarts pod={pod} />,
    },
    {
      id: 'cpu',
      title: isCurrent ? 'CPU, last sample' : 'CPU, last known',
      render: pod =>
        pod.cpu ? (
          <Meter
            label={`CPU of ${pod.name}`}
            value={pod.cpu.cores}
            limit={pod.cpu.limitCores}
            format={formatCores}
          />
        ) : (
          <NoData />
        ),
    },
    {
      id: 'memory',
      title: isCurrent ? 'Memory, last sample' : 'Memory, last known',
      render: pod =>
        pod.memory ? (
          <Meter
            label={`Memory of ${pod.name}`}
            value={pod.memory.bytes}
            limit={pod.memory.limitBytes}
            format={formatBytes}
          />
        ) : (
          <NoData />
        ),
    },
    {
      id: 'age',
      title: 'Started',
      render: pod =>
        pod.startedAt ? <RelativeTime at={pod.startedAt} /> : 'not yet',
    },
    {
      id: 'revision',
      title: 'Revision',
      render: pod => <PodRevision pod={pod} current={revision} />,
    },
    { id: 'node', title: 'Node', render: pod => pod.node ?? 'none yet' },
  ];
}

function PodRevision(props: { pod: PodHealth; current?: HealthRevision }) {
  const { pod, current } = props;
  if (!pod.revisionHash || !current) {
    return <>{pod.revisionHash ?? <NoData />}</>;
  }
  return pod.revisionHash === current.hash ? (
    <>{current.commit?.sha.slice(0, 7) ?? 'current'}</>
  ) : (
    <span className={styles.older}>older</span>
  );
}

function NoData() {
  return <span className={styles.quiet}>no data</span>;
}
