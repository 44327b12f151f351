import { runService } from './chassis/service.js';
import { Crowd } from './crowd.js';
import { Shopper } from './shopper.js';

runService(({ settings, log, registry, call }) => {
  const crowd = new Crowd({
    rate: settings.number('RATE', 4, { max: 200 }),
    pauseMs: settings.whole('PAUSE_MS', 1200),
    opensAfterMs: settings.whole('OPENS_AFTER_MS', 0),
    mostAtOnce: settings.whole('MOST_AT_ONCE', 200, { min: 1 }),
    shopper: new Shopper({
      call,
      timeoutMs: settings.whole('WEB_TIMEOUT_MS', 10_000, { min: 1 }),
      registry,
      log,
    }),
    log,
    registry,
  });
  return {
    routes: { 'GET /': () => ({ body: { service: 'shoppers' } }) },
    start: () => crowd.start(),
    stop: () => crowd.stop(),
  };
});
