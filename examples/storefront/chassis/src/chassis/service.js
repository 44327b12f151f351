import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { createApp } from './app.js';
import { createCaller } from './call.js';
import { Settings } from './config.js';
import { LEVELS, createLog } from './log.js';
import { Registry, addProcessMetrics } from './metrics.js';

/** Who we are, from package.json. */
const { name, version } = JSON.parse(
  readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
);

/**
 * Runs a service until it is told to end. `build` makes what is its own of what the chassis gives:
 * `{ settings, log, registry, call }` to `{ routes, checks?, start?, stop? }`.
 */
export function runService(build) {
  let log = createLog({ service: name });
  process.on('uncaughtException', error => {
    log.error('uncaught', { error });
    process.exit(1);
  });
  const settings = new Settings(process.env);
  log = createLog({
    service: name,
    level: settings.oneOf('LOG_LEVEL', 'info', LEVELS),
  });
  const port = settings.whole('PORT', 8080, { max: 65_535 });
  const registry = new Registry();
  addProcessMetrics(registry);
  const call = createCaller({ env: process.env, registry });
  const parts = build({ settings, log, registry, call });
  const { routes, checks = {}, start = () => {}, stop = () => {} } = parts;
  const app = createApp({ name, version, log, registry, routes, checks });

  endGracefully({ app, log, stop, settings });
  app.server.on('error', error => {
    log.error(`cannot listen on port ${port}`, { error });
    process.exit(1);
  });
  app.server.listen(port, () => {
    log.info('listening', { version, port: app.server.address().port });
    start();
  });
}

/** After SIGTERM: not ready, serve on for a moment, finish what is under way, end. */
function endGracefully({ app, log, stop, settings }) {
  // Kubernetes takes a moment to stop sending requests to a pod that ends.
  const serveOnMs = settings.whole('SHUTDOWN_DELAY_MS', 0);
  const patienceMs = settings.whole('SHUTDOWN_TIMEOUT_MS', 20_000);
  let ending = false;
  const end = async signal => {
    if (ending) return;
    ending = true;
    log.info('shutting down', { signal });
    app.beginShutdown();
    stop();
    await delay(serveOnMs);
    const closed = new Promise(resolve => app.server.close(resolve));
    app.server.closeIdleConnections();
    const late = delay(patienceMs, 'late', { ref: false });
    if ((await Promise.race([closed, late])) === 'late') {
      log.warn('requests were under way and are cut off', { patienceMs });
      process.exit(1);
    }
    log.info('stopped');
    process.exit(0);
  };
  process.on('SIGTERM', end);
  process.on('SIGINT', end);
}
