import type { Config } from '@backstage/config';
import { NotAllowedError } from '@backstage/errors';

/**
 * Signing in without a password must be impossible anywhere but on a
 * developer's machine, so a backend that is configured for it elsewhere does
 * not start.
 */
export function assertDevelopment(
  config: Config,
  nodeEnv: string | undefined,
): void {
  const environment = config.getOptionalString('auth.environment');
  const wrong = [
    environment !== 'development' &&
      `auth.environment is ${environment ? `'${environment}'` : 'not set'}`,
    nodeEnv === 'production' && "NODE_ENV is 'production'",
  ].filter(Boolean);

  if (wrong.length > 0) {
    throw new NotAllowedError(
      `Development sign-in lets anybody in as anybody, and refuses to load because ${wrong.join(
        ' and ',
      )}. Set auth.providers.development to null and configure auth.providers.oidc, or run with auth.environment: development.`,
    );
  }
}
