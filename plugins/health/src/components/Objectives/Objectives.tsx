import { Alert } from '@backstage/ui';
import {
  ErrorState,
  Loading,
  Panel,
  TableSkeleton,
} from '@ghostlight/plugin-ghostlight-react';
import type { HealthObjectives } from '@ghostlight/plugin-health-common';
import { ServiceFileMistakes } from '../ServiceFile';
import { NoObjectives } from './NoObjectives';
import { Objective } from './Objective';
import styles from './Objectives.module.css';
import { useObjectives } from './useObjectives';

export interface ObjectivesProps {
  entityRef: string;
  environment: string;
}

/** What was promised and how much of the budget for failures is left; above it what is wrong in `ghostlight.yaml`. */
export function Objectives(props: ObjectivesProps) {
  const { entityRef, environment } = props;
  const query = useObjectives(entityRef, environment);
  return (
    <>
      {query.data && <ServiceFileMistakes file={query.data.serviceFile} />}
      <Panel title="Objectives" note={noteOf(query.data)} flush>
        {query.error && (
          <div className={styles.state}>
            <ErrorState
              what={
                query.data
                  ? 'Could not refresh the objectives: what follows is what was last read'
                  : `Could not read the objectives in ${environment}`
              }
              error={query.error}
              onRetry={() => query.refetch()}
              isRetrying={query.isFetching}
            />
          </div>
        )}
        {!query.data && !query.error && (
          <div className={styles.state}>
            <Loading label={`Reading the objectives in ${environment}`}>
              <TableSkeleton rows={2} />
            </Loading>
          </div>
        )}
        {query.data && <Answer health={query.data} />}
      </Panel>
    </>
  );
}

function Answer(props: { health: HealthObjectives }) {
  const { health } = props;
  const { problem, objectives } = health;
  return (
    <>
      {problem && (
        <div className={styles.state}>
          <Alert
            status="warning"
            icon
            title={problem.message}
            description={problem.hint}
          />
        </div>
      )}
      {objectives.length === 0 ? (
        <NoObjectives file={health.serviceFile} />
      ) : (
        <ul className={styles.list}>
          {objectives.map(objective => (
            <Objective key={objective.slo.name} objective={objective} />
          ))}
        </ul>
      )}
    </>
  );
}

/** Of several, how many are kept; of one its own status says it. */
function noteOf(health: HealthObjectives | undefined): string | undefined {
  const objectives = health?.objectives ?? [];
  if (objectives.length < 2) {
    return undefined;
  }
  const met = objectives.filter(({ status }) => status === 'met').length;
  return `${met} of ${objectives.length} met`;
}
