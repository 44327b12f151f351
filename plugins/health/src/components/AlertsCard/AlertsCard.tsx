import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { EntityInfoCard, useEntity } from '@backstage/plugin-catalog-react';
import { ButtonLink } from '@backstage/ui';
import {
  CardSkeleton,
  ErrorState,
  Loading,
  Status,
} from '@ghostlight/plugin-ghostlight-react';
import { useHealth, useHealthPath } from '../../hooks';
import { useFiringAlerts } from '../Alerts/useFiringAlerts';
import { useObjectivesOfEntity } from '../Objectives/useObjectives';
import styles from './AlertsCard.module.css';
import { answerOf } from './answerOf';

/** What was promised and what fires, and the door to both. Not there for what runs nowhere. */
export function AlertsCard() {
  const { entity } = useEntity();
  const entityRef = stringifyEntityRef(entity);
  const health = useHealth(entityRef);
  const path = useHealthPath(entityRef);
  if (!health.data || health.data.environments.length === 0) {
    return null;
  }
  return (
    <EntityInfoCard
      title="Objectives and alerts"
      footerActions={
        path && (
          <ButtonLink href={path} size="small" variant="tertiary">
            Budgets, alerts and their history
          </ButtonLink>
        )
      }
    >
      <Answer entity={entity} />
    </EntityInfoCard>
  );
}

function Answer(props: { entity: Entity }) {
  const { entity } = props;
  const entityRef = stringifyEntityRef(entity);
  const firing = useFiringAlerts([entityRef]);
  const objectives = useObjectivesOfEntity(entityRef);
  if (firing.alerts && objectives.data) {
    const answer = answerOf(firing.alerts, objectives.data.objectives);
    return (
      <div className={styles.answer} role="status">
        {answer && <Status {...answer.look} />}
        <p className={styles.sentence}>
          {answer?.sentence ?? 'Nothing is promised yet, and no alert fires.'}
        </p>
      </div>
    );
  }
  const error = firing.error ?? objectives.error;
  return error ? (
    <ErrorState
      what="Could not read objectives and alerts"
      error={error}
      onRetry={() => {
        firing.refetch();
        objectives.refetch();
      }}
      isRetrying={objectives.isFetching}
    />
  ) : (
    <Loading label={`Reading objectives and alerts of ${entity.metadata.name}`}>
      <CardSkeleton />
    </Loading>
  );
}
