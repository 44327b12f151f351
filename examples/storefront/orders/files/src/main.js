import { runService } from './chassis/service.js';
import { Checkout } from './checkout.js';
import { createRoutes } from './routes.js';

runService(({ settings, log, registry, call }) => {
  const checkout = new Checkout({
    call,
    inventoryTimeoutMs: settings.whole('INVENTORY_TIMEOUT_MS', 1500),
    paymentsTimeoutMs: settings.whole('PAYMENTS_TIMEOUT_MS', 4000),
    log,
    registry,
  });
  return { routes: createRoutes({ checkout }) };
});
