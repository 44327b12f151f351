import { createProxyAuthenticator } from '@backstage/plugin-auth-node';
import { AuthenticationError, InputError } from '@backstage/errors';
import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';

/**
 * The request header that names who to sign in as. A page of another origin
 * cannot send it without a CORS preflight, which the backend refuses.
 */
export const PERSON_HEADER = 'x-ghostlight-person';

function parsePerson(value: string): string {
  try {
    return stringifyEntityRef(
      parseEntityRef(value, {
        defaultKind: 'user',
        defaultNamespace: 'default',
      }),
    );
  } catch {
    throw new InputError(
      `Cannot sign in as '${value}': ${PERSON_HEADER} must be a user's entity ref, such as user:default/maya`,
    );
  }
}

/**
 * Believes the header. `host` is the one people reach the backend by; another
 * one in the request means that a foreign page has pointed its own name at this
 * machine (DNS rebinding).
 */
export function createDevelopmentAuthenticator(host: string) {
  return createProxyAuthenticator({
    defaultProfileTransform: async (result: { person: string }, context) => {
      const { entity } = await context.findCatalogUser({
        entityRef: result.person,
      });
      const profile = entity.spec?.profile;
      const read = (key: string) => {
        const value =
          typeof profile === 'object' && profile && !Array.isArray(profile)
            ? profile[key]
            : undefined;
        return typeof value === 'string' ? value : undefined;
      };
      return {
        profile: {
          displayName: read('displayName') ?? entity.metadata.name,
          email: read('email'),
          picture: read('picture'),
        },
      };
    },
    initialize: () => ({}),
    async authenticate({ req }) {
      if (req.get('host') !== host) {
        throw new AuthenticationError(
          `Development sign-in answers only at ${host}, not at ${req.get(
            'host',
          )}: open the portal by its own address`,
        );
      }
      const person = req.get(PERSON_HEADER);
      if (!person) {
        throw new AuthenticationError(
          'Nobody is chosen: pick a person on the sign-in page',
        );
      }
      return { result: { person: parsePerson(person) }, providerInfo: {} };
    },
  });
}
