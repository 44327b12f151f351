import { useEntity } from '@backstage/plugin-catalog-react';
import { Link as TextLink } from '@backstage/ui';
import {
  CodeBlock,
  EmptyState,
  Panel,
} from '@ghostlight/plugin-ghostlight-react';
import { ANNOTATION_REPOSITORY } from '@ghostlight/plugin-forge-common';
import { Link, useSearchParams } from 'react-router-dom';
import { useForgeQuery } from '../../api';
import { useForgePaths } from '../../paths';
import { Answer } from '../Answer';
import { Markdown } from '../Markdown';
import styles from './DocsTab.module.css';
import { listDocuments, nameOfDocument } from './listDocuments';

const pageQuery = (path: string) => `?page=${encodeURIComponent(path)}`;

/** What the repository of the component says about it, in Markdown. */
export function DocsTab() {
  const { entity } = useEntity();
  const name = entity.metadata.annotations?.[ANNOTATION_REPOSITORY] ?? '';
  const documents = useForgeQuery(
    ['repository', name, 'documents'],
    (forge, options) => listDocuments(forge, name, options),
  );
  return (
    <Answer query={documents} what={`the documents of ${name}`}>
      {({ paths, truncated }) =>
        paths.length > 0 ? (
          <Documents repository={name} paths={paths} truncated={truncated} />
        ) : (
          <Nothing />
        )
      }
    </Answer>
  );
}

function Documents(props: {
  repository: string;
  paths: string[];
  truncated: boolean;
}) {
  const { repository, paths, truncated } = props;
  const forge = useForgePaths();
  const [params] = useSearchParams();
  const asked = params.get('page');
  const open =
    asked ?? paths.find(path => path === 'docs/index.md') ?? paths[0];
  const isThere = paths.includes(open);
  return (
    <div className={styles.docs}>
      <nav aria-label="Documents">
        <ul className={styles.list}>
          {paths.map(path => (
            <li key={path}>
              <Link
                className={styles.link}
                to={pageQuery(path)}
                aria-current={path === open ? 'page' : undefined}
              >
                {nameOfDocument(path)}
              </Link>
            </li>
          ))}
        </ul>
        {truncated && (
          <p className={styles.note}>
            Only the first {paths.length} documents are listed.
          </p>
        )}
      </nav>
      {isThere ? (
        <Panel
          title={open}
          actions={
            <TextLink href={forge.file(repository, open)}>
              Source and history
            </TextLink>
          }
        >
          <Markdown
            key={open}
            repository={repository}
            path={open}
            hrefOf={file =>
              paths.includes(file)
                ? pageQuery(file)
                : forge.file(repository, file)
            }
          />
        </Panel>
      ) : (
        <EmptyState title={`There is no document ${open}`}>
          It may have been moved or deleted; choose another.
        </EmptyState>
      )}
    </div>
  );
}

function Nothing() {
  return (
    <EmptyState title="Nothing is written about it yet">
      Add a README.md, or Markdown files below docs/, to its repository:
      <CodeBlock
        label="A first document"
        code={
          '# What to do when it is down\n\n1. Look at its Health tab.\n2. ...'
        }
      />
    </EmptyState>
  );
}
