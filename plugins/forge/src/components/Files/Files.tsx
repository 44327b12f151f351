import { Link } from '@backstage/ui';
import {
  EmptyState,
  formatBytes,
  Panel,
} from '@ghostlight/plugin-ghostlight-react';
import type { Tree, TreeEntry } from '@ghostlight/plugin-forge-common';
import {
  RiFileLine,
  RiFolderLine,
  RiGitRepositoryLine,
  RiLink,
} from '@remixicon/react';
import { useSearchParams } from 'react-router-dom';
import { useForgeQuery } from '../../api';
import { useForgePaths } from '../../paths';
import { Answer } from '../Answer';
import { ClonePanel } from '../ClonePanel';
import { Readme } from '../Readme';
import { useRepository } from '../Repository';
import styles from './Files.module.css';
import { Place } from './Place';

const ICONS = {
  file: <RiFileLine size={16} aria-hidden />,
  folder: <RiFolderLine size={16} aria-hidden />,
  symlink: <RiLink size={16} aria-hidden />,
  submodule: <RiGitRepositoryLine size={16} aria-hidden />,
};

function Entry(props: { entry: TreeEntry; gitRef?: string }) {
  const { entry, gitRef } = props;
  const { name } = useRepository();
  const paths = useForgePaths();
  const { type, path } = entry;
  const label = type === 'folder' ? `${entry.name}/` : entry.name;
  return (
    <li className={styles.entry}>
      {ICONS[type]}
      {type === 'submodule' ? (
        <span>{label} (another repository)</span>
      ) : (
        <Link
          href={
            type === 'folder'
              ? paths.tree(name, path, gitRef)
              : paths.file(name, path, gitRef)
          }
        >
          {label}
        </Link>
      )}
      {entry.size !== undefined && (
        <span className={styles.size}>{formatBytes(entry.size)}</span>
      )}
    </li>
  );
}

function readmeOf(tree: Tree): string | undefined {
  return tree.entries.find(
    entry =>
      entry.type === 'file' && /^readme\.(md|markdown)$/i.test(entry.name),
  )?.path;
}

/** One folder at a branch, tag or commit; at the top also the README and how to clone. */
export function Files({ path = '' }: { path?: string }) {
  const [params] = useSearchParams();
  const ref = params.get('ref') ?? undefined;
  const repository = useRepository();
  const { name } = repository;
  const query = useForgeQuery(
    ['repository', name, 'tree', ref, path],
    (forge, options) =>
      forge.getTree(name, { ref, ...(path && { path }) }, options),
  );
  return (
    <div className={path ? styles.single : styles.columns}>
      <div className={styles.main}>
        <Place path={path} gitRef={ref} />
        <Answer query={query} what={`the files of ${name}`}>
          {tree => (
            <>
              {tree.sha ? (
                <Panel title={path || 'Files'} flush>
                  <ul className={styles.entries} aria-label="Files and folders">
                    {tree.entries.map(entry => (
                      <Entry key={entry.path} entry={entry} gitRef={ref} />
                    ))}
                  </ul>
                  {tree.truncated && (
                    <p className={styles.note}>
                      The first {tree.entries.length} entries; clone the
                      repository to see all.
                    </p>
                  )}
                </Panel>
              ) : (
                <EmptyState title="Nothing is committed yet">
                  Clone the repository, add files, commit and push to{' '}
                  {repository.defaultBranch}.
                </EmptyState>
              )}
              {readmeOf(tree) && (
                <Readme path={readmeOf(tree) ?? ''} gitRef={ref} />
              )}
            </>
          )}
        </Answer>
      </div>
      {!path && <ClonePanel repository={repository} />}
    </div>
  );
}
