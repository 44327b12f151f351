import { runService } from './chassis/service.js';
import { SandboxAcquirer } from './acquirer.js';
import { Charges } from './charges.js';
import { createRoutes } from './routes.js';
import { SessionPool } from './sessions.js';

runService(({ settings, log, registry }) => {
  const charges = new Charges({
    acquirer: new SandboxAcquirer({
      typicalMs: settings.whole('ACQUIRER_TYPICAL_MS', 220),
      slowShare: settings.number('ACQUIRER_SLOW_SHARE', 0.08, { max: 1 }),
      slowMs: settings.whole('ACQUIRER_SLOW_MS', 180_000),
    }),
    sessions: new SessionPool({
      size: settings.whole('ACQUIRER_SESSIONS', 4, { min: 1, max: 100 }),
      registry,
    }),
    timeoutMs: settings.whole('ACQUIRER_TIMEOUT_MS', 500, { min: 1 }),
    attempts: settings.whole('ACQUIRER_ATTEMPTS', 2, { min: 1, max: 5 }),
    log,
    registry,
  });
  return { routes: createRoutes({ charges }) };
});
