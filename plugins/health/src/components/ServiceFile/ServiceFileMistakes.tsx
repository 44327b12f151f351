import { Button, Link } from '@backstage/ui';
import {
  formatPlural,
  Panel,
  Status,
} from '@ghostlight/plugin-ghostlight-react';
import type { ServiceFileHealth } from '@ghostlight/plugin-health-common';
import { useState } from 'react';
import { MistakeList } from './MistakeList';
import styles from './ServiceFile.module.css';
import { useServiceFilePath } from './useServiceFilePath';

/** More than this many are shown on request: the first ones often explain the others. */
const shownAtFirst = 3;

/** What is wrong in a component's `ghostlight.yaml`; nothing where nothing is. */
export function ServiceFileMistakes(props: { file: ServiceFileHealth }) {
  const { file } = props;
  if (file.mistakes.length === 0) {
    return null;
  }
  return (
    <Panel
      title={`${formatPlural(file.mistakes.length, 'mistake')} in ${file.path}`}
      actions={<Status value="degraded" word="Partly in force" />}
    >
      <MistakesOf file={file} />
    </Panel>
  );
}

/** The mistakes without a frame of their own. */
export function MistakesOf(props: { file: ServiceFileHealth }) {
  const { file } = props;
  const pathOf = useServiceFilePath();
  const [showsAll, setShowsAll] = useState(false);
  const { mistakes } = file;
  const shown = showsAll ? mistakes : mistakes.slice(0, shownAtFirst);
  const path = pathOf(file, mistakes[0].line);
  return (
    <div className={styles.mistakes}>
      <p className={styles.note}>
        What is valid stays in force; what is wrong is left out until it is
        mended.
        {path && (
          <>
            {' '}
            <Link href={path}>
              Open {file.path} in {file.repository}
            </Link>
          </>
        )}
      </p>
      <MistakeList file={file} mistakes={shown} />
      {shown.length < mistakes.length && (
        <div>
          <Button
            size="small"
            variant="secondary"
            onPress={() => setShowsAll(true)}
          >
            Show all {mistakes.length} mistakes
          </Button>
        </div>
      )}
    </div>
  );
}
