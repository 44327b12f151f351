import { Button, ButtonLink } from '@backstage/ui';
import {
  CodeBlock,
  DataColumn,
  DataTable,
  ErrorState,
  Panel,
  Sentence,
} from '@ghostlight/plugin-ghostlight-react';
import type { ImportProposal } from '@ghostlight/plugin-delivery-common';
import { useRouteRef } from '@backstage/frontend-plugin-api';
import { forgeRouteRef } from '../../routes';
import styles from './ImportPage.module.css';
import { Applied, useApply } from './useImport';

type Annotation = ImportProposal['annotations'][number];

const columns: DataColumn<Annotation>[] = [
  {
    id: 'key',
    title: 'Annotation',
    rowHeader: true,
    render: ({ key }) => <code>{key}</code>,
  },
  {
    id: 'value',
    title: 'Value',
    render: ({ value }) => <code>{value}</code>,
  },
  { id: 'why', title: 'Because', render: ({ why }) => why },
];

/** What would be added, why, and adding it. */
export function Proposal(props: { proposal: ImportProposal; owner: string }) {
  const { proposal, owner } = props;
  const { annotations, dependsOn, files, notes, problems } = proposal;
  const apply = useApply();
  const isElsewhere = proposal.repository?.includes('/') ?? false;
  return (
    <>
      {problems.length > 0 ? (
        <Sentence status="degraded" word="Not yet">
          {sentence(proposal)}
        </Sentence>
      ) : (
        <Sentence status="done" word={proposal.existing ? 'Known' : 'Ready'}>
          {sentence(proposal)}
        </Sentence>
      )}
      {problems.length > 0 && (
        <Panel title="What stands in the way">
          <List items={problems} />
        </Panel>
      )}
      {notes.length > 0 && (
        <Panel title="Worth knowing">
          <List items={notes} />
        </Panel>
      )}
      {files.length > 0 && (
        <>
          <Panel title="Annotations" flush>
            <DataTable
              caption="Annotations of the component"
              columns={columns}
              rows={annotations}
              rowKey={({ key }) => key}
            />
          </Panel>
          {dependsOn.length > 0 && (
            <Panel title="Seems to call">
              <List
                items={dependsOn.map(
                  ({ entityRef, why }) => `${entityRef}: ${why}`,
                )}
              />
            </Panel>
          )}
          <Panel title="Files to add">
            <div className={styles.files}>
              {files.map(({ path, content, why }) => (
                <div key={path}>
                  <p className={styles.text}>
                    <code>{path}</code>: {why}
                  </p>
                  <CodeBlock label={path} code={content} />
                </div>
              ))}
              {apply.error && (
                <ErrorState what="Nothing was added" error={apply.error} />
              )}
              {apply.data && <Done applied={apply.data} />}
              {!apply.data && isElsewhere && (
                <p className={styles.text}>
                  Commit this to {proposal.repository}, then an operator
                  registers the address of its catalog-info.yaml.
                </p>
              )}
              {!apply.data && !isElsewhere && (
                <div className={styles.bar}>
                  <Button
                    variant="primary"
                    isPending={apply.isPending}
                    onPress={() => apply.mutate({ proposal, owner })}
                  >
                    {proposal.repository
                      ? `Open a change request to ${proposal.repository}`
                      : `Create the repository ${proposal.name}`}
                  </Button>
                </div>
              )}
            </div>
          </Panel>
        </>
      )}
    </>
  );
}

function Done({ applied }: { applied: Applied }) {
  const forge = useRouteRef(forgeRouteRef)?.() ?? '/forge';
  const repository = `${forge}/${encodeURIComponent(applied.repository)}`;
  return applied.kind === 'change request' ? (
    <>
      <p className={styles.text}>
        Change request {applied.number} is open. The component appears in the
        catalog when it is merged.
      </p>
      <div className={styles.bar}>
        <ButtonLink
          variant="primary"
          href={`${repository}/changes/${applied.number}`}
        >
          Open the change request
        </ButtonLink>
      </div>
    </>
  ) : (
    <>
      <p className={styles.text}>
        The repository {applied.repository} is there; the component appears in
        the catalog in a moment.
      </p>
      <div className={styles.bar}>
        <ButtonLink variant="primary" href={repository}>
          Open the repository
        </ButtonLink>
      </div>
    </>
  );
}

function List({ items }: { items: readonly string[] }) {
  return (
    <ul className={styles.list}>
      {items.map(item => (
        <li key={item}>{item}</li>
      ))}
    </ul>
  );
}

function sentence(proposal: ImportProposal): string {
  const { existing, files, name, problems, workloads } = proposal;
  if (existing) {
    return `${name} is in the catalog already: there is nothing to add.`;
  }
  if (problems.length > 0) {
    return `${
      problems.length === 1
        ? 'One thing stands'
        : `${problems.length} things stand`
    } in the way: mend what is listed and look again.`;
  }
  const running = [...new Set(workloads.flatMap(each => each.runsIn))];
  const runs = running.length > 0 ? ` It runs in ${running.join(', ')}.` : '';
  return `${name} needs ${
    files.length === 1 ? '1 file' : `${files.length} files`
  } to be in the catalog.${runs}`;
}
