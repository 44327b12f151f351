import { Select } from '@backstage/ui';
import {
  EnvironmentHealth,
  HEALTH_WINDOWS,
  HealthWindow,
} from '@ghostlight/plugin-health-common';
import { LiveIndicator } from '../HealthTab/LiveIndicator';
import { windowWords } from '../windowWords';
import styles from './SystemMap.module.css';

export interface MapHeaderProps {
  environments: EnvironmentHealth[];
  chosen: EnvironmentHealth;
  onChoose: (environment: string) => void;
  window: HealthWindow;
  onWindow: (window: HealthWindow) => void;
  isCurrent: boolean;
  /** Of when the map is, ISO 8601; missing until it was read. */
  asOf?: string;
}

/** Which environment, over which time, and whether live. */
export function MapHeader(props: MapHeaderProps) {
  const { environments, chosen, onChoose, window, onWindow, asOf } = props;
  const { name } = chosen.environment;
  return (
    <div className={styles.header}>
      {environments.length > 1 ? (
        <Select
          aria-label="Environment"
          className={styles.select}
          size="small"
          options={environments.map(({ environment }) => ({
            id: environment.name,
            label: environment.name,
          }))}
          value={name}
          onChange={key => onChoose(String(key))}
        />
      ) : (
        <span className={styles.words}>{name}</span>
      )}
      <Select
        aria-label="Window of time"
        className={styles.select}
        size="small"
        options={HEALTH_WINDOWS.map(id => ({
          id,
          label: `last ${windowWords(id)}`,
        }))}
        value={window}
        onChange={key => {
          const picked = HEALTH_WINDOWS.find(candidate => candidate === key);
          if (picked) {
            onWindow(picked);
          }
        }}
      />
      {asOf && <LiveIndicator isCurrent={props.isCurrent} asOf={asOf} />}
    </div>
  );
}
