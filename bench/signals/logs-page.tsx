// Runs in the browser: the log pane of the Health tab, fed by a stream as the
// backend sends it. Bundled by logs.ts.
import '@backstage/ui/css/styles.css';
import { LogBuffer, LogView } from '@ghostlight/plugin-ghostlight-react';
import { HealthClient } from '@ghostlight/plugin-health-common';
import { useSyncExternalStore } from 'react';
import { createRoot } from 'react-dom/client';
import { LogStream } from '../../plugins/health/src/logs/LogStream';

const buffer = new LogBuffer();
const client = new HealthClient({
  discoveryApi: { getBaseUrl: async () => '/api/health' },
  fetchApi: { fetch: window.fetch.bind(window) },
});

function Page() {
  const log = useSyncExternalStore(buffer.subscribe, buffer.getSnapshot);
  return <LogView label="orders in local" log={log} state="Live" />;
}

const figures = { worstFrameMs: 0, longestTaskMs: 0, slowestKeyMs: 0 };

/** From 16 ms on; TypeScript's DOM does not know the threshold yet. */
const keys: PerformanceObserverInit & { durationThreshold: number } = {
  type: 'event',
  durationThreshold: 16,
};

new PerformanceObserver(list => {
  for (const { duration } of list.getEntries()) {
    figures.longestTaskMs = Math.max(figures.longestTaskMs, duration);
  }
}).observe({ type: 'longtask' });
new PerformanceObserver(list => {
  for (const { duration } of list.getEntries()) {
    figures.slowestKeyMs = Math.max(figures.slowestKeyMs, duration);
  }
}).observe(keys);

let before = performance.now();
function frame() {
  const now = performance.now();
  figures.worstFrameMs = Math.max(figures.worstFrameMs, now - before);
  before = now;
  requestAnimationFrame(frame);
}

function begin() {
  Object.assign(figures, {
    worstFrameMs: 0,
    longestTaskMs: 0,
    slowestKeyMs: 0,
  });
  before = performance.now();
  requestAnimationFrame(frame);
  void new LogStream({
    open: (lastEventId, signal) =>
      client.streamLogs(
        'component:default/orders',
        { environment: 'local' },
        { signal, lastEventId },
      ),
    buffer,
    onState: () => {},
    wait: () => new Promise(() => {}),
  }).run(new AbortController().signal);
}

function received(): number {
  const { entries, dropped } = buffer.getSnapshot();
  return entries.length + dropped;
}

const root = document.getElementById('root');
if (root) createRoot(root).render(<Page />);
Object.assign(window, { logBench: { begin, received, figures } });
