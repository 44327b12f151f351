import { runService } from './chassis/service.js';
import { RankingCache } from './cache.js';
import { Catalogue } from './catalogue.js';
import { Recommender } from './recommender.js';
import { createRoutes } from './routes.js';

runService(({ settings, log, registry, call }) => {
  const catalogue = new Catalogue({
    call,
    log,
    maxAgeMs: settings.whole('CATALOGUE_MAX_AGE_MS', 60_000),
  });
  const recommender = new Recommender({
    call,
    catalogue,
    cache: new RankingCache({
      max: settings.whole('RANKINGS_KEPT', 200, { min: 1 }),
      registry,
    }),
    stockTimeoutMs: settings.whole('STOCK_TIMEOUT_MS', 250, { min: 1 }),
    log,
    registry,
  });
  return { routes: createRoutes({ recommender }) };
});
