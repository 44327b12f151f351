import { stringifyEntityRef } from '@backstage/catalog-model';
import { EntityInfoCard, useEntity } from '@backstage/plugin-catalog-react';
import { ButtonLink } from '@backstage/ui';
import {
  CardSkeleton,
  CommitRef,
  ErrorState,
  Loading,
  Sentence,
} from '@ghostlight/plugin-ghostlight-react';
import type {
  HealthReport,
  HealthRevision,
} from '@ghostlight/plugin-health-common';
import { useCommitPath, useHealth, useHealthPath } from '../../hooks';
import { sentenceWords } from '../sentenceWords';

/** The first of the overview's facts, and the door to its tab. */
export function HealthCard() {
  const { entity } = useEntity();
  const entityRef = stringifyEntityRef(entity);
  const health = useHealth(entityRef);
  const path = useHealthPath(entityRef);
  return (
    <EntityInfoCard
      title="Health"
      footerActions={
        path && (
          <ButtonLink href={path} size="small" variant="tertiary">
            {health.data?.problem === 'not-annotated'
              ? 'Set it up'
              : 'Replicas, logs and events'}
          </ButtonLink>
        )
      }
    >
      {health.data && <Answer report={health.data} />}
      {!health.data && health.error && (
        <ErrorState
          what="Could not read the health"
          error={health.error}
          onRetry={() => health.refetch()}
          isRetrying={health.isFetching}
        />
      )}
      {!health.data && !health.error && (
        <Loading label={`Reading the health of ${entity.metadata.name}`}>
          <CardSkeleton />
        </Loading>
      )}
    </EntityInfoCard>
  );
}

function Answer(props: { report: HealthReport }) {
  const { report } = props;
  const commit = latestRevision(report)?.commit;
  const commitPath = useCommitPath(commit);
  return (
    <Sentence
      as="p"
      status={report.status}
      aside={
        commit?.message && (
          <CommitRef
            sha={commit.sha}
            message={commit.message}
            author={commit.author}
            href={commitPath}
          />
        )
      }
    >
      {sentenceWords(report.sentence)}
    </Sentence>
  );
}

function latestRevision(report: HealthReport): HealthRevision | undefined {
  return report.environments
    .flatMap(({ workloads }) =>
      workloads.flatMap(({ revision }) => (revision ? [revision] : [])),
    )
    .sort((a, b) => Date.parse(b.at) - Date.parse(a.at))[0];
}
