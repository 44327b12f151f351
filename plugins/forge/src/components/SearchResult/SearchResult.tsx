import type {
  ResultHighlight,
  SearchDocument,
} from '@backstage/plugin-search-common';
import { HighlightedSearchResultText } from '@backstage/plugin-search-react';
import { Link } from '@backstage/ui';
import type { ReactNode } from 'react';
import styles from './SearchResult.module.css';

export interface SearchResultProps {
  /** What was found, for people: "Repository". */
  kind: string;
  icon: ReactNode;
  result?: SearchDocument;
  highlight?: ResultHighlight;
}

/** A repository or document that was found, with the words that were looked for marked. */
export function SearchResult(props: SearchResultProps) {
  const { kind, icon, result, highlight } = props;
  if (!result) return undefined;
  const words = (field: 'title' | 'text') => {
    const marked = highlight?.fields[field];
    return marked ? (
      <HighlightedSearchResultText
        text={marked}
        preTag={highlight.preTag}
        postTag={highlight.postTag}
      />
    ) : (
      result[field]
    );
  };
  return (
    <div className={styles.result}>
      <span className={styles.icon} aria-hidden>
        {icon}
      </span>
      <div className={styles.words}>
        <p className={styles.title}>
          <Link href={result.location}>{words('title')}</Link>
        </p>
        <p className={styles.kind}>{kind}</p>
        <p className={styles.text}>{words('text')}</p>
      </div>
    </div>
  );
}
