import { Select } from '@backstage/ui';
import type { EnvironmentHealth } from '@ghostlight/plugin-health-common';
import { isSilent } from '../statusOrder';
import styles from './HealthTab.module.css';
import { LiveIndicator } from './LiveIndicator';

export interface TabHeaderProps {
  environments: EnvironmentHealth[];
  chosen: EnvironmentHealth;
  onChoose: (name: string) => void;
  /** Whether what is shown is how things are now. */
  isCurrent: boolean;
  /** Of when what is shown is, ISO 8601. */
  asOf: string;
}

/** Which environment is looked at, and whether live. */
export function TabHeader(props: TabHeaderProps) {
  const { environments, chosen, onChoose, isCurrent, asOf } = props;
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
      <LiveIndicator isCurrent={isCurrent} asOf={asOf} />
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
