import {
  Entity,
  RELATION_HAS_PART,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { useEntity, useRelatedEntities } from '@backstage/plugin-catalog-react';
import {
  CodeBlock,
  EmptyState,
  ErrorState,
  Panel,
} from '@ghostlight/plugin-ghostlight-react';
import { useHealth } from '../../hooks';
import { namesWorkloads } from '../../workloadAnnotations';
import { OddAddress } from '../HealthTab/OddAddress';
import { useChosenEnvironment } from '../HealthTab/useChosenEnvironment';
import { useChosenWindow } from '../HealthTab/useChosenWindow';
import { MapHeader } from './MapHeader';
import { MapSkeleton, MapView } from './MapView';

/** Is the system healthy, and who calls whom? */
export function SystemMapTab() {
  const { entity } = useEntity();
  const { entities, loading, error } = useRelatedEntities(entity, {
    type: RELATION_HAS_PART,
    kind: 'component',
  });
  const { name } = entity.metadata;
  if (error) {
    return (
      <ErrorState what={`Could not read the parts of ${name}`} error={error} />
    );
  }
  if (loading && !entities) {
    return <MapSkeleton name={name} />;
  }
  const running = entities?.find(namesWorkloads);
  if (!running) {
    return <NoParts name={name} hasParts={(entities ?? []).length > 0} />;
  }
  return <MapOf system={entity} part={running} />;
}

/** Environments are told by a part: a system itself runs nowhere. */
function MapOf(props: { system: Entity; part: Entity }) {
  const { system, part } = props;
  const { name } = system.metadata;
  const health = useHealth(stringifyEntityRef(part));
  const environments = health.data?.environments ?? [];
  const [chosen, choose] = useChosenEnvironment(environments);
  const [window, chooseWindow] = useChosenWindow();
  if (!health.data && health.error) {
    return (
      <ErrorState
        what={`Could not read where ${part.metadata.name} runs`}
        error={health.error}
        onRetry={() => health.refetch()}
        isRetrying={health.isFetching}
      />
    );
  }
  if (!health.data) {
    return <MapSkeleton name={name} />;
  }
  if (!chosen) {
    return (
      <Panel title="Nothing to map" flush>
        <EmptyState title="No environment is known">
          {health.data.hint}
        </EmptyState>
      </Panel>
    );
  }
  return (
    <MapView
      systemRef={stringifyEntityRef(system)}
      name={name}
      environment={chosen.environment.name}
      window={window}
      header={state => (
        <>
          <MapHeader
            environments={environments}
            chosen={chosen}
            onChoose={choose}
            window={window}
            onWindow={chooseWindow}
            {...state}
          />
          <OddAddress
            of="this system"
            environments={environments}
            chosen={chosen}
            window={window}
          />
        </>
      )}
    />
  );
}

function NoParts(props: { name: string; hasParts: boolean }) {
  const { name, hasParts } = props;
  return (
    <Panel title="Nothing to map yet" flush>
      {hasParts ? (
        <EmptyState title={`No component of ${name} says where it runs`}>
          Its components need the annotation backstage.io/kubernetes-id; the
          Health tab of each says how.
        </EmptyState>
      ) : (
        <EmptyState title={`No component belongs to ${name}`}>
          <p>Name it in the catalog-info.yaml of a component:</p>
          <CodeBlock
            label="System of a component"
            code={`spec:\n  system: ${name}`}
          />
        </EmptyState>
      )}
    </Panel>
  );
}
