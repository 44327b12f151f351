import { MarkdownContent } from '@backstage/core-components';
import { Panel } from '@ghostlight/plugin-ghostlight-react';
import { useForgeQuery } from '../../api';
import { useForgePaths } from '../../paths';
import { Answer } from '../Answer';
import { useRepository } from '../Repository';
import { fileOfLink } from './fileOfLink';
import styles from './Readme.module.css';

export interface ReadmeProps {
  path: string;
  gitRef?: string;
}

/** A README as its author meant it to look. Links to files of the repository open them here. */
export function Readme(props: ReadmeProps) {
  const { path, gitRef } = props;
  const { name } = useRepository();
  const paths = useForgePaths();
  const query = useForgeQuery(
    ['repository', name, 'file', gitRef, path],
    (forge, options) => forge.getFile(name, { ref: gitRef, path }, options),
  );
  return (
    <Panel title={path}>
      <Answer query={query} what={path}>
        {({ content = '' }) => (
          <MarkdownContent
            className={styles.readme}
            content={content}
            transformLinkUri={href => {
              const file = fileOfLink(path, href);
              return file === undefined ? href : paths.file(name, file, gitRef);
            }}
            // A browser asks for images without the person's token, so those of the repository cannot be shown.
            transformImageUri={src => (/^https:/i.test(src) ? src : '')}
          />
        )}
      </Answer>
    </Panel>
  );
}
