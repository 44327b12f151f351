import { runService } from './chassis/service.js';
import { createRoutes } from './routes.js';
import { Shop } from './shop.js';

runService(({ settings, log, registry, call }) => {
  const shop = new Shop({
    call,
    timeouts: {
      inventory: settings.whole('INVENTORY_TIMEOUT_MS', 1500, { min: 1 }),
      recommendations: settings.whole('RECOMMENDATIONS_TIMEOUT_MS', 400, {
        min: 1,
      }),
      orders: settings.whole('ORDERS_TIMEOUT_MS', 5000, { min: 1 }),
    },
    log,
    registry,
  });
  return { routes: createRoutes({ shop, registry }) };
});
