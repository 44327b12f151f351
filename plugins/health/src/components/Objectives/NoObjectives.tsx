import { ButtonLink } from '@backstage/ui';
import { CodeBlock, EmptyState } from '@ghostlight/plugin-ghostlight-react';
import type { ServiceFileHealth } from '@ghostlight/plugin-health-common';
import { useServiceFilePath } from '../ServiceFile/useServiceFilePath';

const example = `slos:
  - name: availability
    kind: availability
    objective: 99.5 %
    window: 30d
  - name: fast
    kind: latency
    objective: 95 %
    threshold: 300ms
    window: 30d`;

const titles: Record<ServiceFileHealth['state'], string> = {
  valid: 'Nothing is promised yet',
  invalid: 'No valid objective',
  missing: 'Nothing is promised yet',
  'no-source': 'Its repository is not known',
  unreadable: 'Its promises could not be read',
};

/** Why there is no objective, and how to write the first. */
export function NoObjectives(props: { file: ServiceFileHealth }) {
  const { file } = props;
  const path = useServiceFilePath()(file);
  return (
    <EmptyState
      title={titles[file.state]}
      actions={
        path && (
          <ButtonLink size="small" variant="secondary" href={path}>
            {file.state === 'missing'
              ? `Open ${file.repository}`
              : `Open ${file.path}`}
          </ButtonLink>
        )
      }
    >
      {file.message && <p>{file.message}</p>}
      {file.state === 'invalid' && (
        <p>Mend the mistakes above, or write one like this:</p>
      )}
      {(file.state === 'valid' || file.state === 'missing') && (
        <p>
          Say in {file.path} of its repository what callers may rely on. An
          objective has a budget for failures; it alerts by itself when the
          budget goes too fast.
        </p>
      )}
      {file.state !== 'no-source' && file.state !== 'unreadable' && (
        <CodeBlock label={`Objectives for ${file.path}`} code={example} />
      )}
    </EmptyState>
  );
}
