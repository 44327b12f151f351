import { configApiRef, useApi } from '@backstage/core-plugin-api';
import type { SignInPageProps } from '@backstage/plugin-app-react';
import { Alert } from '@backstage/ui';
import { DevelopmentSignIn } from './DevelopmentSignIn';
import { OidcSignIn } from './OidcSignIn';
import { SignInFrame } from './SignInFrame';

/** Asks as the configured provider does. */
export function SignInPage(props: SignInPageProps) {
  const config = useApi(configApiRef);
  if (config.has('auth.providers.development')) {
    return <DevelopmentSignIn {...props} />;
  }
  if (config.has('auth.providers.oidc')) {
    return <OidcSignIn {...props} />;
  }
  return (
    <SignInFrame question="Nobody can sign in yet">
      <Alert
        status="warning"
        title="No sign-in is configured"
        description="Set auth.providers.oidc in app-config.production.yaml, or auth.providers.development on a machine of your own, and restart the backend."
      />
    </SignInFrame>
  );
}
