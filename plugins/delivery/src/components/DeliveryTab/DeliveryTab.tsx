import { stringifyEntityRef } from '@backstage/catalog-model';
import { useEntity } from '@backstage/plugin-catalog-react';
import {
  ErrorState,
  Loading,
  Sentence,
  SentenceSkeleton,
  TableSkeleton,
} from '@ghostlight/plugin-ghostlight-react';
import { ANNOTATION_REPOSITORY } from '@ghostlight/plugin-forge-common';
import { useSearchParams } from 'react-router-dom';
import { useDeployments, useEnvironments } from '../../api';
import { deliverySentence } from '../../facts/deliverySentence';
import { standings } from '../../facts/standing';
import { Commits } from '../Commits';
import { DeployDialog } from '../DeployDialog';
import { Deployments } from '../Deployments';
import { Environments } from '../Environments';
import styles from './DeliveryTab.module.css';

/** What runs where, what can be deployed, and how it went. */
export function DeliveryTab() {
  const { entity } = useEntity();
  const entityRef = stringifyEntityRef(entity);
  const { name } = entity.metadata;
  const repository = entity.metadata.annotations?.[ANNOTATION_REPOSITORY] ?? '';
  const deployments = useDeployments(entityRef);
  const environments = useEnvironments();
  // Links from elsewhere name the commit to deploy: the choice survives a reload.
  const [params, setParams] = useSearchParams();
  const chosen = params.get('commit') ?? undefined;
  const choose = (sha: string | undefined) =>
    setParams(
      now => {
        now.delete('commit');
        if (sha) now.set('commit', sha);
        return now;
      },
      { replace: true },
    );

  const error = deployments.error ?? environments.error;
  if (!deployments.data || !environments.data) {
    return error ? (
      <ErrorState
        what={`Could not read the deployments of ${name}`}
        error={error}
        isRetrying={deployments.isFetching || environments.isFetching}
        onRetry={() => {
          deployments.refetch();
          environments.refetch();
        }}
      />
    ) : (
      <Loading label={`Reading the deployments of ${name}`}>
        <SentenceSkeleton />
        <TableSkeleton />
        <TableSkeleton />
      </Loading>
    );
  }
  const all = standings(environments.data, deployments.data);
  const { status, text } = deliverySentence(all);
  return (
    <div className={styles.page}>
      <Sentence status={status}>{text}</Sentence>
      <Environments standings={all} repository={repository} />
      <Commits
        entityRef={entityRef}
        repository={repository}
        standings={all}
        onDeploy={choose}
      />
      <Deployments deployments={deployments.data} repository={repository} />
      {chosen && (
        <DeployDialog
          key={chosen}
          sha={chosen}
          entityRef={entityRef}
          repository={repository}
          standings={all}
          onClose={() => choose(undefined)}
        />
      )}
    </div>
  );
}
