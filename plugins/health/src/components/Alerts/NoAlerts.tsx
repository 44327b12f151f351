import { CodeBlock, EmptyState } from '@ghostlight/plugin-ghostlight-react';

const example = `alerts:
  - name: errors
    metric: errors
    above: 5 %
    for: 2m
    severity: critical
  - name: slow
    metric: p95
    above: 500ms
    for: 5m`;

/** Nothing fires; who has never seen an alert is told how to get one. */
export function NoAlerts(props: { hadSome: boolean }) {
  if (props.hadSome) {
    return <EmptyState title="No alert fires" />;
  }
  return (
    <EmptyState title="No alert has fired">
      <p>
        Objectives alert by themselves when their budget goes too fast.
        Thresholds of your own stand in ghostlight.yaml:
      </p>
      <CodeBlock label="Alerts for ghostlight.yaml" code={example} />
    </EmptyState>
  );
}
