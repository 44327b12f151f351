import { ANNOTATION_EDIT_URL, Entity } from '@backstage/catalog-model';
import { ButtonLink } from '@backstage/ui';
import {
  CodeBlock,
  EmptyState,
  Panel,
  Sentence,
} from '@ghostlight/plugin-ghostlight-react';
import type { HealthReport } from '@ghostlight/plugin-health-common';
import { sentenceWords } from '../sentenceWords';
import { Hint } from './Hint';
import styles from './HealthTab.module.css';

export interface NothingToShowProps {
  entity: Entity;
  report: HealthReport;
}

/** A report without a workload: why, and the next step to take. */
export function NothingToShow(props: NothingToShowProps) {
  const { entity, report } = props;
  const { name } = entity.metadata;
  return (
    <div className={styles.page}>
      <Sentence status={report.status}>
        {sentenceWords(report.sentence)}
      </Sentence>
      <Panel title="Next step">
        {report.problem === 'not-annotated' ? (
          <NotAnnotated entity={entity} />
        ) : (
          <EmptyState title={`Nothing of ${name} is deployed`}>
            {report.hint ? (
              <Hint text={report.hint} />
            ) : (
              <p>
                Push to the main branch of its repository: what is built there
                is deployed here.
              </p>
            )}
          </EmptyState>
        )}
      </Panel>
    </div>
  );
}

function NotAnnotated(props: { entity: Entity }) {
  const { metadata } = props.entity;
  const editUrl = metadata.annotations?.[ANNOTATION_EDIT_URL];
  return (
    <EmptyState
      title="Tell Ghostlight which workloads are this component"
      actions={
        editUrl && (
          <ButtonLink href={editUrl} target="_blank" variant="secondary">
            Edit catalog-info.yaml
          </ButtonLink>
        )
      }
    >
      <p>Add this annotation to the component's catalog-info.yaml:</p>
      <CodeBlock
        label="Annotation for catalog-info.yaml"
        code={[
          'metadata:',
          `  name: ${metadata.name}`,
          '  annotations:',
          `    backstage.io/kubernetes-id: ${metadata.name}`,
        ].join('\n')}
      />
      <p>
        and the same as a label to its Deployment and to the Deployment's pod
        template:
      </p>
      <CodeBlock
        label="Label for the Deployment"
        code={[
          'metadata:',
          '  labels:',
          `    backstage.io/kubernetes-id: ${metadata.name}`,
        ].join('\n')}
      />
    </EmptyState>
  );
}
