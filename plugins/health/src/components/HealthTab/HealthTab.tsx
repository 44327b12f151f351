import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { useEntity } from '@backstage/plugin-catalog-react';
import { ErrorState } from '@ghostlight/plugin-ghostlight-react';
import type { HealthReport } from '@ghostlight/plugin-health-common';
import type { UseQueryResult } from '@tanstack/react-query';
import { useHealth } from '../../hooks';
import { EnvironmentView } from '../Environment';
import { HealthSkeleton } from './HealthSkeleton';
import styles from './HealthTab.module.css';
import { NothingToShow } from './NothingToShow';
import { StaleNotice } from './StaleNotice';
import { TabHeader } from './TabHeader';
import { useChosenEnvironment } from './useChosenEnvironment';

/** Is it healthy, and if not, why? */
export function HealthTab() {
  const { entity } = useEntity();
  const health = useHealth(stringifyEntityRef(entity));
  const name = entity.metadata.name;

  if (health.data) {
    return <Report entity={entity} report={health.data} query={health} />;
  }
  if (health.error) {
    return (
      <ErrorState
        what={`Could not read the health of ${name}`}
        error={health.error}
        onRetry={() => health.refetch()}
        isRetrying={health.isFetching}
      />
    );
  }
  return <HealthSkeleton name={name} />;
}

function Report(props: {
  entity: Entity;
  report: HealthReport;
  query: UseQueryResult<HealthReport>;
}) {
  const { entity, report, query } = props;
  const [chosen, choose] = useChosenEnvironment(report.environments);
  if (report.problem || !chosen) {
    return (
      <div className={styles.page}>
        <StaleNotice query={query} />
        <NothingToShow entity={entity} report={report} />
      </div>
    );
  }
  return (
    <div className={styles.page}>
      <StaleNotice query={query} />
      <TabHeader
        environments={report.environments}
        chosen={chosen}
        onChoose={choose}
        isCurrent={!query.isRefetchError && chosen.cluster.reachable}
        asOf={chosen.cluster.reachable ? report.at : chosen.cluster.since}
      />
      <EnvironmentView
        key={chosen.environment.name}
        entityRef={report.entityRef}
        health={chosen}
      />
    </div>
  );
}
