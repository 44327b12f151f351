import { Button } from '@backstage/ui';
import { ErrorState, RelativeTime } from '@ghostlight/plugin-ghostlight-react';
import { useForgeMutation, useForgeQuery } from '../../api';
import { useRepository } from '../Repository';
import styles from './ClonePanel.module.css';

/** The person's git tokens that are valid, each to be revoked; nothing while there are none. */
export function Tokens() {
  const { name } = useRepository();
  const { data: tokens = [] } = useForgeQuery(['tokens'], (forge, options) =>
    forge.listTokens(options),
  );
  const revoke = useForgeMutation(name, (forge, id: string) =>
    forge.deleteToken(id),
  );
  if (tokens.length === 0) return undefined;
  return (
    <details>
      <summary>Your git tokens ({tokens.length})</summary>
      {revoke.error && (
        <ErrorState what="It was not revoked" error={revoke.error} />
      )}
      <ul className={styles.tokens}>
        {tokens.map(({ id, description, expiresAt }) => (
          <li key={id} className={styles.token}>
            <span>
              {description}, ends <RelativeTime at={expiresAt} />
            </span>
            <Button
              size="small"
              variant="tertiary"
              aria-label={`Revoke ${description}`}
              onPress={() => revoke.mutate(id)}
            >
              Revoke
            </Button>
          </li>
        ))}
      </ul>
    </details>
  );
}
