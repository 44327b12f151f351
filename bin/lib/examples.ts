import {
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { Failure } from './failure.ts';
import { Portal, until } from './storefront-portal.ts';
import { Publisher, advice } from './storefront-publish.ts';
import { readStorefront } from './storefront.ts';
import type { StorefrontService } from './storefront.ts';

/** What is remembered between starts, in `examples.json`. */
interface Progress {
  /** When the storefront was begun, ISO 8601: the dates of its commits are counted from here. */
  firstStart?: string;
  /** Services that are there, or were once: what a person removed is not made again. */
  made: string[];
}

function readProgress(file: string): Progress | 'earlier' {
  if (!existsSync(file)) return { made: [] };
  const saved: Partial<Progress> = JSON.parse(readFileSync(file, 'utf8'));
  // Before there was a storefront the file held one entry for each service that the template had made.
  return Array.isArray(saved.made) ? { ...saved, made: saved.made } : 'earlier';
}

/**
 * Creates services one level after the other: a pod knows only the Services that were there when it started. Answers which were
 * made; where somebody has a repository of that name already, it is left as it is.
 */
async function createAll(
  services: StorefrontService[],
  publisherOf: (service: StorefrontService) => Publisher,
  onMade: (name: string) => void,
): Promise<string[]> {
  const ours: string[] = [];
  const deployed = new Map<string, Promise<void>>();
  const isThere = (service: StorefrontService): Promise<void> => {
    let done = deployed.get(service.name);
    if (!done) {
      done = create(service);
      deployed.set(service.name, done);
    }
    return done;
  };
  const create = async (service: StorefrontService) => {
    const publisher = publisherOf(service);
    const needs = services.filter(({ name }) => service.needs.includes(name));
    const begin = async () => {
      if (!(await publisher.create())) return undefined;
      return { history: await publisher.prepare() };
    };
    const [begun] = await Promise.all([begin(), ...needs.map(isThere)]);
    if (begun) {
      ours.push(service.name);
      if (begun.history) await publisher.push(begun.history);
      await Promise.all([
        publisher.untilDeployed(),
        publisher.openChangeRequest(),
      ]);
    }
    onMade(service.name);
  };
  await Promise.all(services.map(isThere));
  return ours.sort();
}

interface Summary {
  ready: number;
  desired: number;
}

/** Until all replicas serve. What callers saw while services came up counts in their status for some minutes more. */
async function untilReady(
  base: string,
  services: string[],
  signal: AbortSignal,
): Promise<void> {
  const portal = await Portal.signIn(base, 'maya', signal);
  const entityRefs = services.map(name => `component:default/${name}`);
  await until(signal, async () => {
    const { body } = await portal.call<Record<string, Summary>>(
      '/api/health/summaries',
      { method: 'POST', body: { entityRefs }, signal },
    );
    const all = entityRefs.every(ref => {
      const { ready = 0, desired = 0 } = body[ref] ?? {};
      return desired > 0 && ready >= desired;
    });
    return all || undefined;
  });
}

/** At a later start: gives what ran before a moment to be ready again. It may have been changed or removed since. */
async function greetAgain(
  base: string,
  services: string[],
  signal: AbortSignal,
): Promise<string> {
  const moment = AbortSignal.timeout(10_000);
  await untilReady(base, services, AbortSignal.any([signal, moment])).catch(
    error => {
      if (!moment.aborted) throw error;
    },
  );
  return moment.aborted ? 'not all are ready: see the catalog' : 'ready';
}

/**
 * Creates the storefront at the first start, each service with its repository and its history, and waits until all are ready.
 * A data folder from before there was a storefront keeps the services it has. Returns what was done.
 */
export async function createExamples(
  base: string,
  dataFolder: string,
  interrupted: Promise<unknown>,
): Promise<string> {
  const file = join(dataFolder, 'examples.json');
  const stop = new AbortController();
  void interrupted.then(() => stop.abort());
  const signal = AbortSignal.any([stop.signal, AbortSignal.timeout(180_000)]);
  const progress = readProgress(file);
  if (progress === 'earlier') {
    const earlier = Object.keys(JSON.parse(readFileSync(file, 'utf8')));
    const how = await greetAgain(base, earlier, signal);
    return `${how}; bin/start --fresh makes the newer ones`;
  }
  const save = (next: Progress) => {
    // By a rename, so that a kill in the middle leaves a whole file.
    writeFileSync(`${file}.new`, JSON.stringify(next));
    renameSync(`${file}.new`, file);
  };
  const services = readStorefront();
  const missing = services.filter(({ name }) => !progress.made.includes(name));
  if (missing.length === 0) return greetAgain(base, progress.made, signal);

  progress.firstStart ??= new Date().toISOString();
  save(progress);
  const scratch = join(dataFolder, 'scaffolder/storefront');
  mkdirSync(scratch, { recursive: true });
  const firstStart = new Date(progress.firstStart);
  try {
    const created = await createAll(
      missing,
      service => new Publisher({ base, service, firstStart, scratch, signal }),
      name => {
        progress.made.push(name);
        save(progress);
      },
    );
    await untilReady(base, created, signal);
    return `created ${created.join(', ')}`;
  } catch (error) {
    if (signal.aborted && !stop.signal.aborted) {
      throw new Failure(
        'The example services were not ready within 3 minutes.',
        `The portal itself runs: look at ${base}. ${advice}`,
      );
    }
    throw error;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}
