import { Alert, ToggleButton, ToggleButtonGroup } from '@backstage/ui';
import {
  EmptyState,
  ErrorState,
  Loading,
  Panel,
  Sentence,
  SentenceSkeleton,
  TableSkeleton,
} from '@ghostlight/plugin-ghostlight-react';
import type { HealthMap, HealthWindow } from '@ghostlight/plugin-health-common';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useHealthQueries } from '../../hooks';
import { windowWords } from '../windowWords';
import { mapAnswer } from './mapAnswer';
import { MapCanvas } from './MapCanvas';
import { MapLegend } from './MapLegend';
import { MapTables } from './MapTables';
import styles from './SystemMap.module.css';
import { undeclared } from './undeclared';
import { UndeclaredCalls } from './UndeclaredCalls';
import { useChosenView } from './useChosenView';

export interface MapViewProps {
  systemRef: string;
  name: string;
  environment: string;
  window: HealthWindow;
  /** What is chosen above the map; gets whether the map is how things are now. */
  header: (state: { isCurrent: boolean; asOf?: string }) => ReactNode;
}

/** The map of a system in one environment: the answer, then the picture or the tables. */
export function MapView(props: MapViewProps) {
  const { systemRef, name, environment, window, header } = props;
  const queries = useHealthQueries();
  const query = useQuery(
    queries.map(systemRef, environment, window),
    queries.client,
  );
  return (
    <div className={styles.page}>
      {header({ isCurrent: !query.isRefetchError, asOf: query.data?.at })}
      {query.error && (
        <ErrorState
          what={
            query.data
              ? 'Could not refresh: what follows is what was last read'
              : `Could not read the map of ${name}`
          }
          error={query.error}
          onRetry={() => query.refetch()}
          isRetrying={query.isFetching}
        />
      )}
      {!query.data && !query.error && <MapSkeleton name={name} />}
      {query.data && <Answer name={name} map={query.data} window={window} />}
    </div>
  );
}

function Answer(props: { name: string; map: HealthMap; window: HealthWindow }) {
  const { name, map, window } = props;
  const [view, choose] = useChosenView(map.nodes.length);
  if (map.nodes.length === 0) {
    return <NoNodes map={map} />;
  }
  const { status, sentence } = mapAnswer(map);
  return (
    <>
      <Sentence status={status}>{sentence}</Sentence>
      <Problem map={map} />
      <div className={styles.choice}>
        <ToggleButtonGroup
          aria-label="How it is shown"
          selectionMode="single"
          disallowEmptySelection
          selectedKeys={[view]}
          onSelectionChange={keys =>
            choose(keys.has('table') ? 'table' : 'map')
          }
        >
          <ToggleButton id="map" size="small">
            Map
          </ToggleButton>
          <ToggleButton id="table" size="small">
            Table
          </ToggleButton>
        </ToggleButtonGroup>
        <span className={styles.quiet}>
          requests/s, p95 and errors of the last {windowWords(window)}
        </span>
      </div>
      {view === 'map' ? (
        <div className={styles.picture}>
          <MapCanvas name={name} map={map} />
          <MapLegend />
        </div>
      ) : (
        <MapTables name={name} map={map} />
      )}
      {map.notes.map(note => (
        <p key={note} className={styles.words}>
          {note}
        </p>
      ))}
      <UndeclaredCalls callers={undeclared(map)} />
    </>
  );
}

function Problem(props: { map: HealthMap }) {
  const { problem } = props.map;
  return problem ? (
    <Alert
      status="warning"
      icon
      title={problem.message}
      description={problem.hint}
    />
  ) : null;
}

function NoNodes(props: { map: HealthMap }) {
  const { problem, environment } = props.map;
  return (
    <Panel title={`Nothing to map in ${environment}`} flush>
      <EmptyState
        title={problem?.message ?? 'No component of this system runs here'}
      >
        {problem?.hint ??
          'A component appears by itself once it is deployed, and its calls as they are made.'}
      </EmptyState>
    </Panel>
  );
}

export function MapSkeleton(props: { name: string }) {
  return (
    <Loading label={`Reading the map of ${props.name}`}>
      <SentenceSkeleton />
      <TableSkeleton rows={6} />
    </Loading>
  );
}
