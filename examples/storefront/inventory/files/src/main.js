import { runService } from './chassis/service.js';
import { createProducts } from './catalogue.js';
import { Database } from './database.js';
import { Inventory } from './inventory.js';
import { restockEvery } from './restock.js';
import { createRoutes } from './routes.js';

runService(({ settings, log, registry }) => {
  const database = new Database({
    products: createProducts(settings.whole('PRODUCTS', 1200, { min: 1 })),
    poolSize: settings.whole('DB_POOL_SIZE', 8, { min: 1, max: 100 }),
    roundTripMs: settings.number('DB_ROUND_TRIP_MS', 3),
    registry,
  });
  const inventory = new Inventory({ database, registry });
  const restock = restockEvery({
    database,
    log,
    intervalMs: settings.whole('RESTOCK_INTERVAL_MS', 30_000, { min: 100 }),
  });
  return { routes: createRoutes({ inventory }), ...restock };
});
