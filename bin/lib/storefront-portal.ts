import { setTimeout as delay } from 'node:timers/promises';

/** The portal's API as a signed-in person uses it. */
export class Portal {
  readonly base: string;
  /** Good for the API and, as a password, for git. */
  readonly token: string;

  private constructor(base: string, token: string) {
    this.base = base;
    this.token = token;
  }

  /** Signs in as one of the example people, as the sign-in page does. Waits until the catalog knows the person. */
  static async signIn(
    base: string,
    user: string,
    signal: AbortSignal,
  ): Promise<Portal> {
    return until(signal, async () => {
      const response = await fetch(`${base}/api/auth/development/refresh`, {
        headers: {
          'x-requested-with': 'XMLHttpRequest',
          'x-ghostlight-person': user,
        },
        signal,
      });
      const text = await response.text();
      if (!response.ok) return undefined;
      const session: { backstageIdentity: { token: string } } =
        JSON.parse(text);
      return new Portal(base, session.backstageIdentity.token);
    });
  }

  async call<T>(
    path: string,
    init: { method?: string; body?: unknown; signal: AbortSignal },
  ): Promise<{ status: number; body: T }> {
    const response = await fetch(`${this.base}${path}`, {
      method: init.method ?? 'GET',
      headers: {
        authorization: `Bearer ${this.token}`,
        'content-type': 'application/json',
      },
      body: init.body === undefined ? undefined : JSON.stringify(init.body),
      signal: init.signal,
    });
    const text = await response.text();
    return { status: response.status, body: text && JSON.parse(text) };
  }
}

const LOOK_EVERY_MS = 200;

/** Asks until there is an answer. */
export async function until<T>(
  signal: AbortSignal,
  ask: () => Promise<T | undefined>,
): Promise<T> {
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    await delay(LOOK_EVERY_MS, undefined, { signal });
  }
}
