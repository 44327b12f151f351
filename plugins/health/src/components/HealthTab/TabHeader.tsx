import { ButtonIcon, Select } from '@backstage/ui';
import {
  HEALTH_WINDOWS,
  type EnvironmentHealth,
  type HealthWindow,
} from '@ghostlight/plugin-health-common';
import { RiPauseLine, RiPlayLine } from '@remixicon/react';
import type { ReactNode } from 'react';
import { isSilent } from '../statusOrder';
import { windowWords } from '../windowWords';
import styles from './HealthTab.module.css';
import { LiveIndicator } from './LiveIndicator';

export interface TabHeaderProps {
  environments: EnvironmentHealth[];
  chosen: EnvironmentHealth;
  onChoose: (name: string) => void;
  window: HealthWindow;
  onWindow: (window: HealthWindow) => void;
  /** Since when the charts are held still, ISO 8601. */
  heldSince: string | undefined;
  onHold: (isHeld: boolean) => void;
  /** Whether what is shown is how things are now. */
  isCurrent: boolean;
  /** Of when what is shown is, ISO 8601. */
  asOf: string;
  /** What can be done with what is shown. */
  actions: ReactNode;
}

/** Which environment is looked at, over which time, and whether live. */
export function TabHeader(props: TabHeaderProps) {
  const { environments, chosen, onChoose, heldSince, onHold } = props;
  const isHeld = heldSince !== undefined;
  return (
    <div className={styles.header}>
      {environments.length > 1 ? (
        <Select
          aria-label="Environment"
          className={styles.select}
          size="small"
          options={environments.map(health => ({
            id: health.environment.name,
            label: optionWords(health),
          }))}
          value={chosen.environment.name}
          onChange={key => onChoose(String(key))}
        />
      ) : (
        <span className={styles.environment}>{nameWords(chosen)}</span>
      )}
      <Select
        aria-label="Window of time"
        className={styles.window}
        size="small"
        options={HEALTH_WINDOWS.map(window => ({
          id: window,
          label: `last ${windowWords(window)}`,
        }))}
        value={props.window}
        onChange={key => {
          const window = HEALTH_WINDOWS.find(candidate => candidate === key);
          if (window) {
            props.onWindow(window);
          }
        }}
      />
      <span className={styles.liveness}>
        <LiveIndicator
          isCurrent={props.isCurrent}
          asOf={props.asOf}
          heldSince={heldSince}
        />
        <ButtonIcon
          size="small"
          variant="tertiary"
          aria-label={isHeld ? 'Let the charts go on' : 'Hold the charts still'}
          icon={isHeld ? <RiPlayLine /> : <RiPauseLine />}
          onPress={() => onHold(!isHeld)}
        />
      </span>
      <div className={styles.actions}>{props.actions}</div>
    </div>
  );
}

/** Most clusters are named for what they are: "staging (staging)" says nothing twice. */
function nameWords({ environment: { name, tier } }: EnvironmentHealth): string {
  return name === tier ? name : `${name} (${tier})`;
}

function optionWords(health: EnvironmentHealth): string {
  if (isSilent(health)) {
    return `${nameWords(health)}: not deployed`;
  }
  return health.status === 'healthy'
    ? nameWords(health)
    : `${nameWords(health)}: ${health.status}`;
}
