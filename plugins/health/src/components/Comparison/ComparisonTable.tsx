import {
  DataColumn,
  DataTable,
  Status,
} from '@ghostlight/plugin-ghostlight-react';
import type {
  ComparedMetric,
  WorkloadComparison,
} from '@ghostlight/plugin-health-common';
import styles from './Comparison.module.css';
import { changeWords, valueWords } from './measureWords';
import { metricVerdict } from './verdicts';

const names: Record<ComparedMetric['metric'], string> = {
  errors: 'Errors',
  p50: 'Latency p50',
  p95: 'Latency p95',
  p99: 'Latency p99',
  requests: 'Requests/s',
  cpu: 'CPU',
  memory: 'Memory',
};

const columns: DataColumn<ComparedMetric>[] = [
  {
    id: 'metric',
    title: 'Metric',
    rowHeader: true,
    render: ({ metric }) => names[metric],
  },
  {
    id: 'before',
    title: 'Before',
    numeric: true,
    render: ({ before, unit }) => valueWords(before, unit),
  },
  {
    id: 'after',
    title: 'After',
    numeric: true,
    render: ({ after, unit }) => valueWords(after, unit),
  },
  {
    id: 'difference',
    title: 'Difference (95 % interval)',
    numeric: true,
    render: metric => changeWords(metric) ?? 'none to tell',
  },
  {
    id: 'verdict',
    title: 'Verdict',
    render: metric => <Verdict metric={metric} />,
  },
];

/** Each metric before and after, how far it moved, and what that means. */
export function ComparisonTable(props: { comparison: WorkloadComparison }) {
  const { comparison } = props;
  return (
    <DataTable
      caption={`Before and after the last deploy of ${comparison.workload.name}`}
      columns={columns}
      rows={comparison.metrics}
      rowKey={({ metric }) => metric}
    />
  );
}

function Verdict(props: { metric: ComparedMetric }) {
  const { note } = props.metric;
  const { status, word } = metricVerdict(props.metric);
  // What is not judged has no status, and its note says nothing else.
  if (!status) {
    return <span className={styles.quiet}>{word}</span>;
  }
  return (
    <>
      <Status variant="plain" value={status} word={word} />
      {note && <div className={styles.quiet}>{note}</div>}
    </>
  );
}
