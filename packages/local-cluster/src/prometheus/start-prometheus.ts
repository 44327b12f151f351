import { join } from 'node:path';
import type { Clock, HttpExtension, Running, Store } from '../types.ts';
import type { ContainerUsage } from '../kubelet/index.ts';
import type { RequestCount } from '../proxy/index.ts';
import { every } from './every.ts';
import { prometheusHttp } from './http/prometheus-http.ts';
import { warmUp } from './http/warm-up.ts';
import { CadvisorProducer } from './producers/cadvisor.ts';
import { IstioProducer } from './producers/istio.ts';
import { KubeStateProducer } from './producers/kube-state.ts';
import { SelfProducer } from './producers/self.ts';
import { type ScrapeLimits, SCRAPE_LIMITS } from './scrape/limits.ts';
import { Scraper } from './scrape/scraper.ts';
import type { TsdbLimits } from './tsdb/limits.ts';
import { Tsdb } from './tsdb/tsdb.ts';

/** A process that is killed loses the samples of so long at most. */
const FLUSH_EVERY_MS = 1_000;
const MAINTAIN_EVERY_MS = 60_000;
/** When all else has started. */
const WARM_UP_AFTER_MS = 1_500;

export interface PrometheusDeps {
  store: Store;
  clock: Clock;
  /** History is kept in a folder of it. */
  dataDir: string;
  proxy: { requests(): Iterable<RequestCount> };
  kubelet: { containers(): ContainerUsage[] };
  /** How often everything is scraped. */
  intervalMs: number;
  limits?: Partial<TsdbLimits & ScrapeLimits>;
}

export interface Prometheus extends Running {
  /** Prometheus' HTTP API, under /prometheus. */
  extension: HttpExtension;
}

/** Scrapes the pods that ask for it and the cluster itself, keeps a day of it, and answers PromQL. */
export async function startPrometheus(
  deps: PrometheusDeps,
): Promise<Prometheus> {
  const { store, clock, intervalMs } = deps;
  const tsdb = Tsdb.open({
    folder: join(deps.dataDir, 'prometheus'),
    now: () => clock.now().getTime(),
    limits: deps.limits,
  });
  const scraper = new Scraper(
    {
      store,
      clock,
      tsdb,
      intervalMs,
      limits: { ...SCRAPE_LIMITS, ...deps.limits },
    },
    [
      new IstioProducer(deps.proxy),
      new CadvisorProducer(deps.kubelet),
      new KubeStateProducer(store),
      new SelfProducer(tsdb),
    ],
  );
  const engine = () => import('./promql/index.ts');
  const cancels = [
    clock.after(WARM_UP_AFTER_MS, () => void engine().then(warmUp)),
    every(clock, FLUSH_EVERY_MS, () => tsdb.flush()),
    every(clock, MAINTAIN_EVERY_MS, () => tsdb.maintain()),
  ];
  return {
    extension: prometheusHttp({
      tsdb,
      scraper,
      clock,
      engine,
    }),
    async stop() {
      for (const cancel of cancels) cancel();
      await scraper.stop();
      await tsdb.close();
    },
  };
}
