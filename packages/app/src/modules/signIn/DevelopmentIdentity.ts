import type {
  BackstageUserIdentity,
  IdentityApi,
  ProfileInfo,
} from '@backstage/core-plugin-api';
import { ResponseError } from '@backstage/errors';
import { z } from 'zod';

const sessionSchema = z.object({
  profile: z.object({
    email: z.string().optional(),
    displayName: z.string().optional(),
    picture: z.string().optional(),
  }),
  backstageIdentity: z.object({
    token: z.string(),
    expiresInSeconds: z.number().optional(),
    identity: z.object({
      type: z.literal('user'),
      userEntityRef: z.string(),
      ownershipEntityRefs: z.array(z.string()),
    }),
  }),
});

type Session = z.infer<typeof sessionSchema>;

/** A token is renewed this long before it ends, so that no request carries a dead one. */
const MARGIN_MS = 5 * 60_000;

/** How long a token is trusted that does not say when it ends. */
const FALLBACK_MS = 10 * 60_000;

export interface DevelopmentIdentityOptions {
  /** Entity ref of the person to be. */
  person: string;
  /** Where the auth backend is, asked anew for each session. */
  baseUrl: () => Promise<string>;
  onSignOut: () => void;
  fetch?: typeof fetch;
  now?: () => number;
}

/** The identity of a chosen person: a session without a password, renewed as it ends. */
export class DevelopmentIdentity implements IdentityApi {
  #session: { value: Session; until: number } | undefined;
  #fetching: Promise<Session> | undefined;

  constructor(private readonly options: DevelopmentIdentityOptions) {}

  /** Gets the first session. Rejects when this person cannot sign in. */
  async start(): Promise<void> {
    await this.#current();
  }

  async getProfileInfo(): Promise<ProfileInfo> {
    return (await this.#current()).profile;
  }

  async getBackstageIdentity(): Promise<BackstageUserIdentity> {
    return (await this.#current()).backstageIdentity.identity;
  }

  async getCredentials(): Promise<{ token?: string }> {
    return { token: (await this.#current()).backstageIdentity.token };
  }

  async signOut(): Promise<void> {
    this.options.onSignOut();
  }

  async #current(): Promise<Session> {
    const now = this.options.now ?? Date.now;
    if (this.#session && now() < this.#session.until) {
      return this.#session.value;
    }
    // Everybody who asks meanwhile waits for the one request.
    this.#fetching ??= this.#fetch().finally(() => {
      this.#fetching = undefined;
    });
    const value = await this.#fetching;
    const { expiresInSeconds } = value.backstageIdentity;
    this.#session = {
      value,
      until:
        now() +
        (expiresInSeconds === undefined
          ? FALLBACK_MS
          : expiresInSeconds * 1000 - MARGIN_MS),
    };
    return value;
  }

  async #fetch(): Promise<Session> {
    const request = this.options.fetch ?? fetch;
    const response = await request(
      `${await this.options.baseUrl()}/development/refresh`,
      {
        headers: {
          'X-Requested-With': 'XMLHttpRequest',
          'X-Ghostlight-Person': this.options.person,
        },
      },
    );
    if (!response.ok) {
      throw await ResponseError.fromResponse(response);
    }
    return sessionSchema.parse(await response.json());
  }
}
