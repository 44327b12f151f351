import { UserIdentity } from '@backstage/core-components';
import { useApi } from '@backstage/core-plugin-api';
import { toError } from '@backstage/errors';
import type { SignInPageProps } from '@backstage/plugin-app-react';
import { Alert, Button } from '@backstage/ui';
import { useCallback, useEffect, useState } from 'react';
import { oidcAuthApiRef } from './oidcAuthApi';
import styles from './OidcSignIn.module.css';
import { SignInFrame } from './SignInFrame';

/** Signs in with the organisation's identity provider; silently when its session still holds. */
export function OidcSignIn({ onSignInSuccess }: SignInPageProps) {
  const oidc = useApi(oidcAuthApiRef);
  const [stage, setStage] = useState<'asking' | 'waiting' | 'idle'>('asking');
  const [failure, setFailure] = useState<string>();

  const signIn = useCallback(
    async (optional: boolean) => {
      setStage(optional ? 'asking' : 'waiting');
      setFailure(undefined);
      try {
        const identity = await oidc.getBackstageIdentity({
          optional,
          instantPopup: !optional,
        });
        if (identity) {
          onSignInSuccess(
            UserIdentity.create({
              identity: identity.identity,
              authApi: oidc,
              profile: await oidc.getProfile(),
            }),
          );
          return;
        }
      } catch (error) {
        if (!optional) setFailure(toError(error).message);
      }
      setStage('idle');
    },
    [oidc, onSignInSuccess],
  );

  useEffect(() => {
    signIn(true);
  }, [signIn]);

  return (
    <SignInFrame question="Sign in to see what runs">
      {failure && (
        <Alert
          className={styles.failure}
          status="danger"
          title="Signing in failed"
          description={`${failure}. Try again, or ask whoever runs Ghostlight whether your account is in its catalog.`}
        />
      )}
      <Button
        className={styles.button}
        onPress={() => signIn(false)}
        isDisabled={stage !== 'idle'}
      >
        {stage === 'waiting'
          ? 'Waiting for the sign-in window'
          : 'Sign in with your organisation'}
      </Button>
    </SignInFrame>
  );
}
