import type { Clock, KubeObject, Running, Store } from '../../types.ts';
import type { MetricProducer } from '../types.ts';
import { sameLabels } from '../tsdb/labels.ts';
import type { Tsdb } from '../tsdb/tsdb.ts';
import { HttpTarget } from './http-target.ts';
import type { ScrapeLimits } from './limits.ts';
import { POD_JOB, podTarget, type PodTargetFacts } from './pod-target.ts';
import { ProducerTarget } from './producer-target.ts';
import { offsetOf, scrapeLoop } from './scrape-loop.ts';
import type { Target } from './target.ts';

const PODS = { apiVersion: 'v1', kind: 'Pod' };

interface Scraped {
  target: Target;
  facts: PodTargetFacts | undefined;
  stop(): void;
}

const sameTarget = (a: PodTargetFacts, b: PodTargetFacts) =>
  a.scheme === b.scheme &&
  a.address === b.address &&
  a.path === b.path &&
  sameLabels(a.labels, b.labels);

/** Asks the pods that want it, and the parts of the cluster itself, for their metrics, each at its own place in the interval. */
export class Scraper implements Running {
  readonly #deps: {
    store: Store;
    clock: Clock;
    tsdb: Tsdb;
    intervalMs: number;
    limits: ScrapeLimits;
  };
  readonly #producers: Scraped[];
  readonly #pods = new Map<string, Scraped>();
  readonly #unwatch: () => void;

  constructor(
    deps: {
      store: Store;
      clock: Clock;
      tsdb: Tsdb;
      intervalMs: number;
      limits: ScrapeLimits;
    },
    producers: readonly MetricProducer[],
  ) {
    this.#deps = deps;
    const { store, tsdb, limits } = deps;
    this.#producers = producers.map(producer =>
      this.#begin(
        new ProducerTarget({
          tsdb,
          producer,
          seriesLimit: limits.samplesPerProducer,
        }),
      ),
    );
    this.#unwatch = store.watch(PODS, ({ type, object }) => {
      if (type === 'DELETED') this.#drop(object.metadata.uid);
      else this.#see(object);
    });
    for (const pod of store.list(PODS).items) this.#see(pod);
  }

  get intervalMs(): number {
    return this.#deps.intervalMs;
  }

  targets(): Target[] {
    return [...this.#producers, ...this.#pods.values()].map(
      ({ target }) => target,
    );
  }

  async stop(): Promise<void> {
    this.#unwatch();
    const all = [...this.#producers, ...this.#pods.values()];
    this.#pods.clear();
    for (const { stop } of all) stop();
  }

  #see(pod: KubeObject): void {
    const { uid } = pod.metadata;
    const facts = podTarget(pod);
    const known = this.#pods.get(uid);
    if (known?.facts && facts && sameTarget(known.facts, facts)) return;
    this.#drop(uid);
    if (!facts) return;
    const { tsdb, clock, limits } = this.#deps;
    this.#pods.set(
      uid,
      this.#begin(
        new HttpTarget({ ...facts, job: POD_JOB, tsdb, clock, limits }),
        facts,
      ),
    );
  }

  #drop(uid: string): void {
    const known = this.#pods.get(uid);
    if (!known) return;
    this.#pods.delete(uid);
    known.stop();
  }

  #begin(target: Target, facts?: PodTargetFacts): Scraped {
    const { clock, intervalMs } = this.#deps;
    const cancel = scrapeLoop(
      clock,
      { intervalMs, offsetMs: offsetOf(target.url, intervalMs) },
      async timeMs => {
        await target.scrape(timeMs, intervalMs);
      },
    );
    const stop = () => {
      cancel();
      target.end(clock.now().getTime());
    };
    return { target, facts, stop };
  }
}
