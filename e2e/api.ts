import { portalUrl } from './browser.ts';

/** Signs in as the sign-in page does; the token is good for an hour. */
export async function tokenOf(person: string): Promise<string> {
  const response = await fetch(`${portalUrl}/api/auth/development/refresh`, {
    headers: {
      'x-requested-with': 'XMLHttpRequest',
      'x-ghostlight-person': `user:default/${person}`,
    },
  });
  const session: { backstageIdentity: { token: string } } = JSON.parse(
    await response.text(),
  );
  return session.backstageIdentity.token;
}

/** A call of the portal's API as a person. */
export async function call<T>(
  person: string,
  path: string,
  init: { method?: string; body?: unknown } = {},
): Promise<{ status: number; body: T }> {
  const response = await fetch(`${portalUrl}${path}`, {
    method: init.method ?? 'GET',
    headers: {
      authorization: `Bearer ${await tokenOf(person)}`,
      'content-type': 'application/json',
    },
    body: init.body === undefined ? undefined : JSON.stringify(init.body),
  });
  const text = await response.text();
  return { status: response.status, body: text && JSON.parse(text) };
}
