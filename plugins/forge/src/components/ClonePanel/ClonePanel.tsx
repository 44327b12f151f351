import { Button } from '@backstage/ui';
import {
  CodeBlock,
  ErrorState,
  Panel,
  RelativeTime,
} from '@ghostlight/plugin-ghostlight-react';
import type { Repository } from '@ghostlight/plugin-forge-common';
import { useForgeMutation } from '../../api';
import { cloneCommands, pushCommands } from './cloneCommands';
import styles from './ClonePanel.module.css';
import { Tokens } from './Tokens';

/** Everything one needs to work on the repository with git: commands to copy, and a password when asked for. */
export function ClonePanel({ repository }: { repository: Repository }) {
  const { name, cloneUrl, defaultBranch } = repository;
  const token = useForgeMutation(name, forge =>
    forge.createToken({ description: `Clone of ${name}` }),
  );
  return (
    <Panel title="Clone">
      <div className={styles.panel}>
        <CodeBlock
          label="Commands to clone"
          code={cloneCommands(cloneUrl, token.data)}
        />
        {token.data ? (
          <p className={styles.note}>
            The password in the address is yours: it is shown only now, stands
            in <code>.git/config</code> of your clone, and ends{' '}
            <RelativeTime at={token.data.expiresAt} />.
          </p>
        ) : (
          <>
            <p className={styles.note}>
              git asks for a password: a git token of yours.
            </p>
            {token.error && (
              <ErrorState what="No token was made" error={token.error} />
            )}
            <Button
              variant="secondary"
              isPending={token.isPending}
              onPress={() => token.mutate(undefined)}
            >
              Create a git token
            </Button>
          </>
        )}
        <CodeBlock
          label="Commands to push a change"
          code={pushCommands(defaultBranch)}
        />
        <p className={styles.note}>
          A push to {defaultBranch} builds and deploys where environments are
          set to deploy on push.
        </p>
        <Tokens />
      </div>
    </Panel>
  );
}
