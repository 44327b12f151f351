import { Link } from '@backstage/ui';
import { CodeBlock, EmptyState } from '@ghostlight/plugin-ghostlight-react';
import type { ServiceFileHealth } from '@ghostlight/plugin-health-common';
import { useObjectives } from '../Objectives/useObjectives';
import { useServiceFilePath } from '../ServiceFile';

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

/** Nothing fires; who has never seen an alert is told what would make one. */
export function NoAlerts(props: {
  entityRef: string;
  environment: string;
  hadSome: boolean;
}) {
  const { entityRef, environment, hadSome } = props;
  // The same question as that of the panel above, and so one request.
  const { data } = useObjectives(entityRef, environment);
  if (hadSome) {
    return <EmptyState title="No alert fires" />;
  }
  return (
    <EmptyState title="No alert has fired">
      <p>
        Objectives alert by themselves when their budget goes too fast.
        {data && ' '}
        {data && <Thresholds file={data.serviceFile} />}
      </p>
      {data?.serviceFile.state === 'missing' && (
        <CodeBlock label="Alerts for ghostlight.yaml" code={example} />
      )}
    </EmptyState>
  );
}

/** An example is shown only where there is no file: beside thresholds in force it would pass for them. */
function Thresholds(props: { file: ServiceFileHealth }) {
  const { file } = props;
  const path = useServiceFilePath()(file);
  const name = path ? <Link href={path}>{file.path}</Link> : file.path;
  switch (file.state) {
    case 'valid':
      return <>Thresholds of its own, if it has any, are in {name}.</>;
    case 'invalid':
      return <>Thresholds of its own are those of {name} that are valid.</>;
    case 'missing':
      return <>Thresholds of your own stand in {file.path}, like these:</>;
    default:
      return <>Which thresholds are in force is not known.</>;
  }
}
