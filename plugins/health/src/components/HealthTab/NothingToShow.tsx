import { ANNOTATION_EDIT_URL, Entity } from '@backstage/catalog-model';
import { ButtonLink } from '@backstage/ui';
import {
  CodeBlock,
  Panel,
  Sentence,
} from '@ghostlight/plugin-ghostlight-react';
import type {
  HealthProblem,
  HealthReport,
} from '@ghostlight/plugin-health-common';
import { namesWorkloads } from '../../workloadAnnotations';
import { sentenceWords } from '../sentenceWords';
import { Hint } from '../Hint';
import styles from './HealthTab.module.css';

export interface NothingToShowProps {
  entity: Entity;
  report: HealthReport;
}

const titles: Record<HealthProblem, string> = {
  'not-annotated': 'What to change',
  'nothing-deployed': 'How to deploy it',
};

const defaultHint = 'Push to the main branch of its repository to deploy it.';

/** A report without a workload: why, and the next step to take. */
export function NothingToShow(props: NothingToShowProps) {
  const { entity, report } = props;
  return (
    <div className={styles.page}>
      <Sentence status={report.status}>
        {sentenceWords(report.sentence)}
      </Sentence>
      {report.problem === 'not-annotated' && !namesWorkloads(entity) ? (
        <NotAnnotated entity={entity} />
      ) : (
        <Panel title={titles[report.problem ?? 'nothing-deployed']}>
          <div className={styles.prose}>
            <Hint text={report.hint ?? defaultHint} />
          </div>
        </Panel>
      )}
    </div>
  );
}

function NotAnnotated(props: { entity: Entity }) {
  const { metadata } = props.entity;
  const editUrl = metadata.annotations?.[ANNOTATION_EDIT_URL];
  return (
    <Panel title="Tell Ghostlight which workloads belong to this component">
      <div className={styles.prose}>
        <p>Add this annotation to its catalog-info.yaml:</p>
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
          and the same as a label to its Deployment, and to the pod template in
          it:
        </p>
        <CodeBlock
          label="Label for the Deployment"
          code={[
            'metadata:',
            '  labels:',
            `    backstage.io/kubernetes-id: ${metadata.name}`,
          ].join('\n')}
        />
        {editUrl && (
          <ButtonLink href={editUrl} target="_blank" variant="secondary">
            Edit catalog-info.yaml
          </ButtonLink>
        )}
      </div>
    </Panel>
  );
}
