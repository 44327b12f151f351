import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from './failure.ts';
import { git } from './storefront-git.ts';
import { buildRepository } from './storefront-history.ts';
import { Portal, until } from './storefront-portal.ts';
import type { StorefrontService } from './storefront.ts';

export const advice =
  'The next bin/start tries again; bin/start --no-examples leaves the examples out.';

/** Where pushes are deployed to; see app-config.yaml. */
const ENVIRONMENT = 'local';

interface Answer {
  error?: { message: string };
}

interface Deployment {
  state: string;
  reason?: string;
}

/** Brings one service of the storefront into the portal. What was done before, at a start that was interrupted, is not done again. */
export class Publisher {
  readonly #base: string;
  readonly #service: StorefrontService;
  readonly #firstStart: Date;
  readonly #scratch: string;
  readonly #signal: AbortSignal;
  readonly #portals = new Map<string, Promise<Portal>>();

  constructor(options: {
    base: string;
    service: StorefrontService;
    firstStart: Date;
    /** An existing folder of ours, for what is needed until it is pushed. */
    scratch: string;
    signal: AbortSignal;
  }) {
    this.#base = options.base;
    this.#service = options.service;
    this.#firstStart = options.firstStart;
    this.#scratch = options.scratch;
    this.#signal = options.signal;
  }

  /** Makes the repository in the forge, empty. Answers whether it is ours: somebody may have one of that name. */
  async create(): Promise<boolean> {
    const { name, owner, description, by } = this.#service;
    const portal = await this.#as(by);
    const { status, body } = await portal.call<Answer>(
      '/api/forge/repositories',
      {
        method: 'POST',
        body: {
          name,
          owner,
          description,
          idempotencyKey: `storefront:${name}:${this.#firstStart.getTime()}`,
        },
        signal: this.#signal,
      },
    );
    if (status === 409) return false;
    this.#expect(status < 300, 'be created', status, body);
    return true;
  }

  /** Makes its history, to be pushed when its turn comes. Nothing when that was done before. */
  async prepare(): Promise<string | undefined> {
    const { name, by } = this.#service;
    const portal = await this.#as(by);
    const { body } = await portal.call<{ head?: object }>(
      `/api/forge/repositories/${name}`,
      { signal: this.#signal },
    );
    if (body.head) return undefined;
    const folder = join(this.#scratch, `${name}.git`);
    rmSync(folder, { recursive: true, force: true });
    await buildRepository(this.#service, folder, this.#firstStart);
    return folder;
  }

  /** Pushes its branches, all at once; the push deploys it. */
  async push(folder: string): Promise<void> {
    const { name, by } = this.#service;
    const portal = await this.#as(by);
    const url = `${this.#base}/api/forge/git/${name}.git`;
    await git(
      ['push', '--quiet', '--atomic', url, 'refs/heads/*:refs/heads/*'],
      {
        cwd: folder,
        signal: this.#signal,
        // In the environment, where no other user of this machine can read it.
        env: {
          GIT_CONFIG_COUNT: '1',
          GIT_CONFIG_KEY_0: `http.${url}.extraHeader`,
          GIT_CONFIG_VALUE_0: `Authorization: Bearer ${portal.token}`,
        },
      },
    );
  }

  /** Waits until it runs: pods that are started from then on know its Service, and their first requests find it ready. */
  async untilDeployed(): Promise<void> {
    const { name, by } = this.#service;
    const portal = await this.#as(by);
    const path = `/api/delivery/deployments?pageSize=1&entityRef=component:default/${name}`;
    let asked = false;
    await until(this.#signal, async () => {
      const { body } = await portal.call<{ items?: Deployment[] }>(path, {
        signal: this.#signal,
      });
      const [newest] = body.items ?? [];
      if (newest?.state === 'succeeded') return true;
      if (newest?.state !== 'failed') return undefined;
      if (asked) {
        throw new Failure(
          `The example service ${name} could not be deployed: ${newest.reason}`,
          advice,
        );
      }
      // It may be the one that an earlier start left behind.
      asked = true;
      await this.#deployAgain(portal);
      return undefined;
    });
  }

  async #deployAgain(portal: Portal): Promise<void> {
    const { name } = this.#service;
    const { status, body } = await portal.call<Answer>(
      '/api/delivery/deployments',
      {
        method: 'POST',
        body: { repository: name, environment: ENVIRONMENT },
        signal: this.#signal,
      },
    );
    this.#expect(status < 300, 'be deployed', status, body);
  }

  /** What its people work on. */
  async openChangeRequest(): Promise<void> {
    const { name, changeRequest } = this.#service;
    if (!changeRequest) return;
    const { by, title, description } = changeRequest;
    const portal = await this.#as(by);
    const { status, body } = await portal.call<Answer>(
      `/api/forge/repositories/${name}/change-requests`,
      {
        method: 'POST',
        body: { title, description, source: 'next' },
        signal: this.#signal,
      },
    );
    // 409: it is open already.
    if (status !== 409)
      this.#expect(status < 300, 'have its change request', status, body);
  }

  #as(person: string): Promise<Portal> {
    let portal = this.#portals.get(person);
    if (!portal) {
      portal = Portal.signIn(this.#base, person, this.#signal);
      this.#portals.set(person, portal);
    }
    return portal;
  }

  #expect(fine: boolean, what: string, status: number, body: Answer): void {
    if (fine) return;
    throw new Failure(
      `The example service ${this.#service.name} could not ${what}: ${
        body.error?.message ?? `the portal answered ${status}`
      }`,
      advice,
    );
  }
}
