import { Button } from '@backstage/ui';
import styles from './Pager.module.css';

export interface PagerProps {
  /** Counted from 1. */
  page: number;
  hasNext: boolean;
  onPage: (page: number) => void;
}

/** Turns pages; not there while there is only one. */
export function Pager(props: PagerProps) {
  const { page, hasNext, onPage } = props;
  if (page === 1 && !hasNext) return undefined;
  return (
    <nav className={styles.pager} aria-label="Pages">
      <Button
        size="small"
        variant="secondary"
        isDisabled={page === 1}
        onPress={() => onPage(page - 1)}
      >
        Newer
      </Button>
      <span>Page {page}</span>
      <Button
        size="small"
        variant="secondary"
        isDisabled={!hasNext}
        onPress={() => onPage(page + 1)}
      >
        Older
      </Button>
    </nav>
  );
}
