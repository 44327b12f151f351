import { ButtonLink } from '@backstage/ui';
import { EmptyState } from '@ghostlight/plugin-ghostlight-react';
import { useLocation } from 'react-router-dom';
import styles from './NotFoundPage.module.css';

/** For an address that leads nowhere, or nowhere for this person. */
export function NotFoundPage() {
  const { pathname } = useLocation();
  return (
    <main className={styles.page}>
      <EmptyState
        title={`There is nothing at ${pathname}`}
        actions={
          <>
            <ButtonLink href="/" variant="primary">
              Go home
            </ButtonLink>
            <ButtonLink href="/search" variant="secondary">
              Search
            </ButtonLink>
          </>
        }
      >
        The address may be mistyped, what was here may be gone, or it is not
        yours to see.
      </EmptyState>
    </main>
  );
}
