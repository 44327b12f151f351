import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { useEntity } from '@backstage/plugin-catalog-react';
import { ErrorState } from '@ghostlight/plugin-ghostlight-react';
import type {
  EnvironmentHealth,
  HealthReport,
} from '@ghostlight/plugin-health-common';
import type { UseQueryResult } from '@tanstack/react-query';
import { useHealth } from '../../hooks';
import { CompareDeploys } from '../Comparison';
import { EnvironmentView } from '../Environment';
import { isSilent } from '../statusOrder';
import { ExportMenu } from './ExportMenu';
import { HealthSkeleton } from './HealthSkeleton';
import styles from './HealthTab.module.css';
import { NothingToShow } from './NothingToShow';
import { OddAddress } from './OddAddress';
import { StaleNotice } from './StaleNotice';
import { TabHeader } from './TabHeader';
import { useChosenEnvironment } from './useChosenEnvironment';
import { useChosenWindow } from './useChosenWindow';
import { useHeld } from './useHeld';

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
    <Chosen
      name={entity.metadata.name}
      report={report}
      query={query}
      chosen={chosen}
      onChoose={choose}
    />
  );
}

function Chosen(props: {
  name: string;
  report: HealthReport;
  query: UseQueryResult<HealthReport>;
  chosen: EnvironmentHealth;
  onChoose: (name: string) => void;
}) {
  const { name, report, query, chosen, onChoose } = props;
  const environment = chosen.environment.name;
  const [window, chooseWindow] = useChosenWindow();
  const [heldSince, hold] = useHeld(environment, window);
  return (
    <div className={styles.page}>
      <StaleNotice query={query} />
      <TabHeader
        environments={report.environments}
        chosen={chosen}
        onChoose={onChoose}
        window={window}
        onWindow={chooseWindow}
        heldSince={heldSince}
        onHold={hold}
        isCurrent={!query.isRefetchError && chosen.cluster.reachable}
        asOf={chosen.cluster.reachable ? report.at : chosen.cluster.since}
        actions={
          !isSilent(chosen) && (
            <>
              <ExportMenu
                entityRef={report.entityRef}
                environment={environment}
                window={window}
              />
              <CompareDeploys
                entityRef={report.entityRef}
                name={name}
                environment={environment}
              />
            </>
          )
        }
      />
      <OddAddress
        of="this component"
        environments={report.environments}
        chosen={chosen}
        window={window}
      />
      <EnvironmentView
        key={environment}
        entityRef={report.entityRef}
        health={chosen}
        window={window}
        isHeld={heldSince !== undefined}
      />
    </div>
  );
}
