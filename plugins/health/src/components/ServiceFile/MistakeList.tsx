import { Link } from '@backstage/ui';
import type {
  ServiceFileHealth,
  ServiceFileMistake,
} from '@ghostlight/plugin-health-common';
import { Excerpt } from './Excerpt';
import { excerptAround } from './excerptAround';
import styles from './ServiceFile.module.css';
import { useServiceFilePath } from './useServiceFilePath';

const neighbours = 2;

/** Each mistake: where, what, what would be right, and the line itself. */
export function MistakeList(props: {
  file: ServiceFileHealth;
  mistakes: ServiceFileMistake[];
}) {
  const { file, mistakes } = props;
  return (
    <ol className={styles.list}>
      {mistakes.map(mistake => (
        <Mistake
          key={`${mistake.line}:${mistake.column}:${mistake.path}:${mistake.message}`}
          file={file}
          mistake={mistake}
        />
      ))}
    </ol>
  );
}

function Mistake(props: {
  file: ServiceFileHealth;
  mistake: ServiceFileMistake;
}) {
  const { file, mistake } = props;
  const path = useServiceFilePath()(file, mistake.line);
  const lines = excerptAround(file.excerpt, mistake.line, neighbours);
  const where = `Line ${mistake.line}`;
  return (
    <li className={styles.mistake}>
      <p className={styles.what}>
        <span className={styles.where}>
          {path ? <Link href={path}>{where}</Link> : where}
          {mistake.path && (
            <>
              , <code className={styles.path}>{mistake.path}</code>
            </>
          )}
          :
        </span>{' '}
        {mistake.message}
        {mistake.hint && <span className={styles.hint}>: {mistake.hint}</span>}
      </p>
      {lines.length > 0 && <Excerpt lines={lines} marked={mistake.line} />}
    </li>
  );
}
