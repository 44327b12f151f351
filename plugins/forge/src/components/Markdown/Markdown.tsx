import { MarkdownContent } from '@backstage/core-components';
import { useForgeQuery } from '../../api';
import { Answer } from '../Answer';
import { fileOfLink } from './fileOfLink';
import styles from './Markdown.module.css';

export interface MarkdownProps {
  repository: string;
  path: string;
  gitRef?: string;
  /** Where a file of the repository that the text links to is read. */
  hrefOf: (file: string) => string;
}

/** A Markdown file of a repository as its author meant it to look. */
export function Markdown(props: MarkdownProps) {
  const { repository, path, gitRef, hrefOf } = props;
  const query = useForgeQuery(
    ['repository', repository, 'file', gitRef, path],
    (forge, options) =>
      forge.getFile(repository, { ref: gitRef, path }, options),
  );
  return (
    <Answer query={query} what={path}>
      {({ content = '' }) => (
        <MarkdownContent
          className={styles.markdown}
          content={content}
          transformLinkUri={href => {
            const file = fileOfLink(path, href);
            return file === undefined ? href : hrefOf(file);
          }}
          // A browser asks for images without the person's token, so those of the repository cannot be shown.
          transformImageUri={src => (/^https:/i.test(src) ? src : '')}
        />
      )}
    </Answer>
  );
}
