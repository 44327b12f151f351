import { CodeBlock, Panel } from '@ghostlight/plugin-ghostlight-react';
import type { Undeclared } from './undeclared';
import styles from './SystemMap.module.css';

/** Traffic that the catalog does not know of, and what to write so that it does. */
export function UndeclaredCalls(props: { callers: Undeclared[] }) {
  const { callers } = props;
  if (callers.length === 0) {
    return null;
  }
  return (
    <Panel title="Not declared in the catalog">
      {callers.map(({ id, name, calls, yaml }) => (
        <div key={id} className={styles.hint}>
          <p className={styles.words}>
            {name} calls {calls.join(' and ')} without saying so. Add this to
            its catalog-info.yaml:
          </p>
          <CodeBlock label={`dependsOn of ${name}`} code={yaml} />
        </div>
      ))}
    </Panel>
  );
}
