import { mockCredentials } from '@backstage/backend-test-utils';
import { HealthClient } from '@ghostlight/plugin-health-common';

/** A client of a backend on this port, signed in unless told otherwise. */
export function clientOf(
  port: number,
  authorization: string | undefined = mockCredentials.user.header(),
): HealthClient {
  return new HealthClient({
    discoveryApi: {
      getBaseUrl: async id => `http://localhost:${port}/api/${id}`,
    },
    fetchApi: {
      fetch: (input, init) => {
        const headers = new Headers(init?.headers);
        if (authorization) {
          headers.set('authorization', authorization);
        }
        return fetch(input, { ...init, headers });
      },
    },
  });
}
