import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Failure } from './failure.ts';
import { root } from './paths.ts';

/** A service of examples/services.yaml. */
interface Example {
  name: string;
  owner: string;
  system: string;
  description: string;
  replicas: number;
  /** Who creates it, as in the wizard. */
  by: string;
}

function readExamples(): Example[] {
  const { parse } = createRequire(join(root, 'package.json'))('yaml');
  return parse(readFileSync(join(root, 'examples/services.yaml'), 'utf8'))
    .services;
}

/** The portal's API as a signed-in person uses it. */
class Portal {
  readonly #base: string;
  readonly #token: string;

  private constructor(base: string, token: string) {
    this.#base = base;
    this.#token = token;
  }

  /** Signs in as one of the example people, as the sign-in page does. Waits until the catalog knows the person. */
  static async signIn(
    base: string,
    user: string,
    signal: AbortSignal,
  ): Promise<Portal> {
    for (;;) {
      const response = await fetch(`${base}/api/auth/development/refresh`, {
        headers: {
          'x-requested-with': 'XMLHttpRequest',
          'x-ghostlight-person': user,
        },
        signal,
      });
      if (response.ok) {
        const session: { backstageIdentity: { token: string } } = JSON.parse(
          await response.text(),
        );
        return new Portal(base, session.backstageIdentity.token);
      }
      await delay(250, undefined, { signal });
    }
  }

  async call<T>(
    path: string,
    init: { method?: string; body?: unknown; signal: AbortSignal },
  ): Promise<{ status: number; body: T }> {
    const response = await fetch(`${this.#base}${path}`, {
      method: init.method ?? 'GET',
      headers: {
        authorization: `Bearer ${this.#token}`,
        'content-type': 'application/json',
      },
      body: init.body === undefined ? undefined : JSON.stringify(init.body),
      signal: init.signal,
    });
    const text = await response.text();
    return { status: response.status, body: text && JSON.parse(text) };
  }
}

const templateRef = 'template:default/node-service';
const advice =
  'The next bin/start tries again; bin/start --no-examples leaves the examples out.';

interface Task {
  status:
    | 'open'
    | 'processing'
    | 'completed'
    | 'failed'
    | 'cancelled'
    | 'skipped';
}

/** What is remembered of each example between starts. */
interface Progress {
  /** The template's task that makes it. */
  task?: string;
  created?: boolean;
}

/** Begins the template's task, or goes on with the one that failed before. */
async function beginTask(
  portal: Portal,
  example: Example,
  progress: Progress,
  signal: AbortSignal,
): Promise<string> {
  if (progress.task) {
    const path = `/api/scaffolder/v2/tasks/${progress.task}`;
    const { status, body } = await portal.call<Task>(path, { signal });
    if (status === 200) {
      if (body.status === 'failed' || body.status === 'cancelled') {
        await portal.call(`${path}/retry`, { method: 'POST', signal });
      }
      return progress.task;
    }
  }
  for (;;) {
    const { status } = await portal.call(
      '/api/catalog/entities/by-name/template/default/node-service',
      { signal },
    );
    if (status === 200) break;
    await delay(250, undefined, { signal });
  }
  const { by: _by, ...values } = example;
  const { status, body } = await portal.call<{
    id?: string;
    error?: { message: string };
  }>('/api/scaffolder/v2/tasks', {
    method: 'POST',
    body: { templateRef, values },
    signal,
  });
  if (body.id) return body.id;
  throw new Failure(
    `The service ${example.name} could not be created: ${
      body.error?.message ?? `the portal answered ${status}`
    }`,
    advice,
  );
}

/** Creates one service with the template, as a person does in the wizard. */
async function create(
  base: string,
  example: Example,
  progress: Progress,
  save: (progress: Progress) => void,
  signal: AbortSignal,
): Promise<void> {
  const portal = await Portal.signIn(base, example.by, signal);
  const task = await beginTask(portal, example, progress, signal);
  save({ task });
  for (;;) {
    const { body } = await portal.call<Task>(
      `/api/scaffolder/v2/tasks/${task}`,
      { signal },
    );
    if (body.status === 'completed') break;
    if (body.status !== 'open' && body.status !== 'processing') {
      const { body: events } = await portal.call<
        { body: { message?: string; error?: { message: string } } }[]
      >(`/api/scaffolder/v2/tasks/${task}/events`, { signal });
      const said = events.flatMap(event => event.body.error?.message ?? []);
      throw new Failure(
        `Creating the service ${example.name} ${body.status}: ${said.at(-1)}`,
        `The whole log: ${base}/create/tasks/${task}. ${advice}`,
      );
    }
    await delay(250, undefined, { signal });
  }
  save({ task, created: true });
}

interface Summary {
  status: string;
  sentence: string;
}

async function untilHealthy(
  base: string,
  examples: Example[],
  signal: AbortSignal,
): Promise<void> {
  const [first] = examples;
  if (!first) return;
  const portal = await Portal.signIn(base, first.by, signal);
  const entityRefs = examples.map(
    example => `component:default/${example.name}`,
  );
  for (;;) {
    const { body } = await portal.call<Record<string, Summary>>(
      '/api/health/summaries',
      { method: 'POST', body: { entityRefs }, signal },
    );
    if (entityRefs.every(ref => body[ref]?.status === 'healthy')) return;
    await delay(250, undefined, { signal });
  }
}

/** At a later start: gives what ran before a moment to be healthy again. It may have been changed or removed since. */
async function greetAgain(
  base: string,
  examples: Example[],
  signal: AbortSignal,
): Promise<string> {
  const moment = AbortSignal.timeout(10_000);
  await untilHealthy(base, examples, AbortSignal.any([signal, moment])).catch(
    error => {
      if (!moment.aborted) throw error;
    },
  );
  return moment.aborted ? 'not all are healthy: see the catalog' : 'healthy';
}

/**
 * Creates the example services from the template at the first start and waits until they are healthy. A service that a person
 * removed since is not made again. Returns what was done.
 */
export async function createExamples(
  base: string,
  dataFolder: string,
  interrupted: Promise<unknown>,
): Promise<string> {
  const file = join(dataFolder, 'examples.json');
  const progress: Record<string, Progress> = existsSync(file)
    ? JSON.parse(readFileSync(file, 'utf8'))
    : {};
  const examples = readExamples();
  const stop = new AbortController();
  void interrupted.then(() => stop.abort());
  const signal = AbortSignal.any([stop.signal, AbortSignal.timeout(180_000)]);
  const missing = examples.filter(({ name }) => !progress[name]?.created);
  try {
    await Promise.all(
      missing.map(example =>
        create(
          base,
          example,
          progress[example.name] ?? {},
          next => {
            progress[example.name] = next;
            writeFileSync(file, JSON.stringify(progress));
          },
          signal,
        ),
      ),
    );
    await untilHealthy(base, missing, signal);
    if (missing.length === 0) return await greetAgain(base, examples, signal);
  } catch (error) {
    if (signal.aborted && !stop.signal.aborted) {
      throw new Failure(
        'The example services were not healthy within 3 minutes.',
        `The portal itself runs: look at ${base}. ${advice}`,
      );
    }
    throw error;
  }
  return `created ${missing.map(({ name }) => name).join(', ')}`;
}
