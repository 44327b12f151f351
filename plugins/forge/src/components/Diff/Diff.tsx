import { Link } from '@backstage/ui';
import {
  EmptyState,
  formatPlural,
  Panel,
} from '@ghostlight/plugin-ghostlight-react';
import type {
  Diff as DiffData,
  DiffHunk,
  FileDiff,
} from '@ghostlight/plugin-forge-common';
import { useForgePaths } from '../../paths';
import { useRepository } from '../Repository';
import styles from './Diff.module.css';
import { numberLines } from './numberLines';

const SIGNS = { context: ' ', added: '+', removed: '-', note: '\\' };

function Hunk({ hunk }: { hunk: DiffHunk }) {
  return (
    <tbody>
      <tr className={styles.heading}>
        <td colSpan={2} />
        <td>
          Line {hunk.newStart}
          {hunk.heading && `, ${hunk.heading}`}
        </td>
      </tr>
      {numberLines(hunk).map(({ key, kind, text, oldLine, newLine }) => (
        <tr key={key} className={styles[kind]}>
          <td className={styles.number}>{oldLine}</td>
          <td className={styles.number}>{newLine}</td>
          <td className={styles.text}>
            <span className={styles.sign}>{SIGNS[kind]}</span>
            {text}
          </td>
        </tr>
      ))}
    </tbody>
  );
}

function title({ path, oldPath }: FileDiff): string {
  return oldPath ? `${oldPath} → ${path}` : path;
}

function FilePanel({ file, to }: { file: FileDiff; to: string }) {
  const { name } = useRepository();
  const paths = useForgePaths();
  const counts = `${file.status}, +${file.additions} −${file.deletions}`;
  return (
    <Panel
      title={title(file)}
      note={counts}
      flush
      actions={
        file.status !== 'deleted' && (
          <Link href={paths.file(name, file.path, to)}>Open</Link>
        )
      }
    >
      {file.binary && <p className={styles.note}>This file is not text.</p>}
      {file.hunks.length > 0 && (
        <div className={styles.scroll}>
          <table
            className={styles.lines}
            aria-label={`Changes of ${file.path}`}
          >
            {file.hunks.map(hunk => (
              <Hunk key={`${hunk.oldStart}-${hunk.newStart}`} hunk={hunk} />
            ))}
          </table>
        </div>
      )}
      {file.truncated && (
        <p className={styles.note}>
          There is more than is shown here; clone the repository to see all.
        </p>
      )}
    </Panel>
  );
}

/** What changed, file by file. */
export function Diff({ diff }: { diff: DiffData }) {
  const { files } = diff;
  if (files.length === 0) {
    return <EmptyState title="No file differs" />;
  }
  const added = files.reduce((sum, file) => sum + file.additions, 0);
  const removed = files.reduce((sum, file) => sum + file.deletions, 0);
  return (
    <div className={styles.diff}>
      <p className={styles.summary}>
        {formatPlural(files.length, 'file')} changed,{' '}
        {formatPlural(added, 'line')} added, {formatPlural(removed, 'line')}{' '}
        removed
        {diff.truncated && '; not all are shown'}
      </p>
      {files.map(file => (
        <FilePanel key={file.path} file={file} to={diff.to} />
      ))}
    </div>
  );
}
