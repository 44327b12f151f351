import { Button } from '@backstage/ui';
import { CodeBlock, Panel } from '@ghostlight/plugin-ghostlight-react';
import { useState } from 'react';
import type { Undeclared } from './undeclared';
import styles from './SystemMap.module.css';

/** The next ones are shown on request. */
const shownAtFirst = 3;

/** Traffic that the catalog does not know of, and what to write so that it does. */
export function UndeclaredCalls(props: { callers: Undeclared[] }) {
  const { callers } = props;
  const [showsAll, setShowsAll] = useState(false);
  const shown = showsAll ? callers : callers.slice(0, shownAtFirst);
  if (callers.length === 0) {
    return null;
  }
  return (
    <Panel title="Not declared in the catalog">
      {shown.map(({ id, name, calls, yaml }) => (
        <div key={id} className={styles.hint}>
          <p className={styles.words}>
            {name} calls {calls.join(' and ')} without saying so. Add this to
            its catalog-info.yaml:
          </p>
          <CodeBlock label={`dependsOn of ${name}`} code={yaml} />
        </div>
      ))}
      {shown.length < callers.length && (
        <Button
          className={styles.all}
          size="small"
          variant="secondary"
          onPress={() => setShowsAll(true)}
        >
          Show all {callers.length} callers
        </Button>
      )}
    </Panel>
  );
}
