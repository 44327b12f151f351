import { setTimeout as delay } from 'node:timers/promises';
import { portalUrl } from './browser.ts';

/** An answer of the portal's API. */
export interface Answer<T> {
  status: number;
  body: T;
}

/** One of the example people, using the portal's API as the screens do. */
export class Person {
  readonly name: string;
  readonly #token: string;

  private constructor(name: string, token: string) {
    this.name = name;
    this.#token = token;
  }

  static async signIn(name: string): Promise<Person> {
    const response = await fetch(`${portalUrl}/api/auth/development/refresh`, {
      headers: {
        'x-requested-with': 'XMLHttpRequest',
        'x-ghostlight-person': name,
      },
    });
    const session: { backstageIdentity: { token: string } } =
      await response.json();
    return new Person(name, session.backstageIdentity.token);
  }

  async ask<T>(
    method: 'GET' | 'POST' | 'DELETE',
    path: string,
    body?: unknown,
  ): Promise<Answer<T>> {
    const response = await fetch(`${portalUrl}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.#token}`,
        'content-type': 'application/json',
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await response.text();
    return { status: response.status, body: text && JSON.parse(text) };
  }
}

/** Asks until there is an answer; the runner's time limit ends what never comes true. */
export async function until<T>(
  ask: () => Promise<T | undefined | false>,
): Promise<T> {
  for (;;) {
    const answer = await ask();
    if (answer) return answer;
    await delay(200);
  }
}
