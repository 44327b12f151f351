import { setTimeout as delay } from 'node:timers/promises';
import { type Config, readConfig } from './config.ts';
import { type Log, createLog } from './log.ts';
import { checks } from './readiness.ts';
import { routes } from './routes.ts';
import { createApp } from './server.ts';
import { service } from './service.ts';

function start(config: Config, log: Log): void {
  const app = createApp({ log, routes, checks });
  let ending = false;

  const shutDown = async (signal: NodeJS.Signals) => {
    if (ending) return;
    ending = true;
    log.info('shutting down', { signal });
    app.beginShutdown();
    await delay(config.shutdownDelayMs);
    const closed = new Promise(resolve => app.server.close(resolve));
    app.server.closeIdleConnections();
    const late = new AbortController();
    const patience = delay(config.shutdownTimeoutMs, 'late', { signal: late.signal }).catch(
      () => 'done',
    );
    if ((await Promise.race([closed, patience])) === 'late') {
      log.warn('requests were still under way and are cut off', {
        afterMs: config.shutdownTimeoutMs,
      });
      process.exit(1);
    }
    late.abort();
    log.info('stopped');
    process.exit(0);
  };
  process.on('SIGTERM', shutDown);
  process.on('SIGINT', shutDown);

  app.server.on('error', error => {
    log.error(`cannot listen on port ${config.port}`, { error });
    process.exit(1);
  });
  app.server.listen(config.port, () => {
    const address = app.server.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    log.info('listening', { ...service, port });
  });
}

let log = createLog('info');
process.on('uncaughtException', error => {
  log.error('uncaught', { error });
  process.exit(1);
});
const config = readConfig(process.env);
log = createLog(config.logLevel);
start(config, log);
