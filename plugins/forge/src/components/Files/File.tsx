import { Button, ButtonLink } from '@backstage/ui';
import {
  EmptyState,
  formatBytes,
  formatPlural,
  Panel,
} from '@ghostlight/plugin-ghostlight-react';
import type { FileContent } from '@ghostlight/plugin-forge-common';
import { RiDownloadLine, RiHistoryLine } from '@remixicon/react';
import { useLocation, useParams, useSearchParams } from 'react-router-dom';
import { useForgeQuery } from '../../api';
import { useForgePaths } from '../../paths';
import { Answer } from '../Answer';
import { useRepository } from '../Repository';
import styles from './Files.module.css';
import { linesOf } from './linesOf';
import { Place } from './Place';
import { saveFile } from './saveFile';

function Lines(props: { content: string }) {
  const lines = linesOf(props.content);
  const marked = useLocation().hash;
  return (
    <table className={styles.lines} aria-label="Content, line by line">
      <tbody>
        {lines.map((line, index) => {
          const id = `L${index + 1}`;
          return (
            <tr
              key={id}
              id={id}
              className={marked === `#${id}` ? styles.marked : undefined}
            >
              <td className={styles.number}>
                <a href={`#${id}`} aria-label={`Line ${index + 1}`}>
                  {index + 1}
                </a>
              </td>
              <td className={styles.line}>{line}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function note({ content, binary, size }: FileContent): string {
  if (content === undefined || binary) return formatBytes(size);
  return `${formatPlural(linesOf(content).length, 'line')}, ${formatBytes(
    size,
  )}`;
}

function Shown({ file }: { file: FileContent }) {
  if (file.content === undefined) {
    return (
      <EmptyState title={`${formatBytes(file.size)} are too much to show here`}>
        Clone the repository to read this file.
      </EmptyState>
    );
  }
  if (file.binary) {
    return (
      <EmptyState title="This file is not text">
        Download it to open it.
      </EmptyState>
    );
  }
  if (file.content === '') return <EmptyState title="This file is empty" />;
  return <Lines content={file.content} />;
}

/** One file at a branch, tag or commit. */
export function File() {
  const { '*': path = '' } = useParams();
  const [params] = useSearchParams();
  const ref = params.get('ref') ?? undefined;
  const { name } = useRepository();
  const paths = useForgePaths();
  const query = useForgeQuery(
    ['repository', name, 'file', ref, path],
    (forge, options) => forge.getFile(name, { ref, path }, options),
  );
  return (
    <div className={styles.single}>
      <Place path={path} gitRef={ref} />
      <Answer query={query} what={path}>
        {file => (
          <Panel
            title={path.slice(path.lastIndexOf('/') + 1)}
            note={note(file)}
            flush
            actions={
              <>
                <ButtonLink
                  size="small"
                  variant="tertiary"
                  iconStart={<RiHistoryLine />}
                  href={paths.commits(name, { ref, path })}
                >
                  History
                </ButtonLink>
                {file.content !== undefined && (
                  <Button
                    size="small"
                    variant="tertiary"
                    iconStart={<RiDownloadLine />}
                    onPress={() => saveFile(file)}
                  >
                    Download
                  </Button>
                )}
              </>
            }
          >
            <Shown file={file} />
          </Panel>
        )}
      </Answer>
    </div>
  );
}
