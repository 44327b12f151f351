import type { Clock, HttpExtension, Running, Store } from '../types.ts';
import type { RequestCount } from '../proxy/index.ts';
import { thinEngine } from './http/thin-engine.ts';
import { prometheusHttp } from './http/prometheus-http.ts';
import { IstioProducer } from './producers/istio.ts';
import { type ScrapeLimits, SCRAPE_LIMITS } from './scrape/limits.ts';
import { Scraper } from './scrape/scraper.ts';
import type { TsdbLimits } from './tsdb/limits.ts';
import { Tsdb } from './tsdb/tsdb.ts';

export interface PrometheusDeps {
  store: Store;
  clock: Clock;
  /** History is kept in a folder of it. */
  dataDir: string;
  proxy: { requests(): Iterable<RequestCount> };
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
  const tsdb = new Tsdb({ limits: deps.limits });
  const scraper = new Scraper(
    {
      store,
      clock,
      tsdb,
      intervalMs,
      limits: { ...SCRAPE_LIMITS, ...deps.limits },
    },
    [new IstioProducer(deps.proxy)],
  );
  return {
    extension: prometheusHttp({ tsdb, scraper, clock, engine: thinEngine }),
    async stop() {
      await scraper.stop();
    },
  };
}
