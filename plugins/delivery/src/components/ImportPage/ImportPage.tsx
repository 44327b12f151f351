import {
  ErrorState,
  Loading,
  TableSkeleton,
} from '@ghostlight/plugin-ghostlight-react';
import type { ImportRequest } from '@ghostlight/plugin-delivery-common';
import { useState } from 'react';
import { ImportForm } from './ImportForm';
import styles from './ImportPage.module.css';
import { Proposal } from './Proposal';
import { useChoices, useProposal, useRepositories } from './useImport';

/** Brings a service that exists already into the catalog: look, propose, add. */
export function ImportPage() {
  const choices = useChoices();
  const repositories = useRepositories();
  const proposal = useProposal();
  const [asked, setAsked] = useState<ImportRequest>();
  const error = choices.error ?? repositories.error;
  return (
    <div className={styles.page}>
      <p className={styles.intro}>
        For a service that exists already. Ghostlight looks at it and proposes
        what to add so that the catalog knows it and Health finds what runs of
        it; nothing changes until you say so.
      </p>
      {error && (
        <ErrorState
          what="Could not read what there is to import"
          error={error}
          isRetrying={choices.isFetching || repositories.isFetching}
          onRetry={() => {
            choices.refetch();
            repositories.refetch();
          }}
        />
      )}
      {!error && (!choices.data || !repositories.data) && (
        <Loading label="Reading repositories and teams">
          <TableSkeleton />
        </Loading>
      )}
      {choices.data && repositories.data && (
        <ImportForm
          owners={choices.data.owners}
          systems={choices.data.systems}
          repositories={repositories.data.map(({ name }) => name)}
          isPending={proposal.isPending}
          onChange={proposal.reset}
          onPropose={request => {
            setAsked(request);
            proposal.mutate(request);
          }}
        />
      )}
      {proposal.error && (
        <ErrorState
          what="It could not be looked at"
          error={proposal.error}
          isRetrying={proposal.isPending}
          onRetry={() => asked && proposal.mutate(asked)}
        />
      )}
      {proposal.data && asked && (
        <Proposal
          key={JSON.stringify(asked)}
          proposal={proposal.data}
          owner={asked.owner}
        />
      )}
    </div>
  );
}
