import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { Server, ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import { launch } from '../../e2e/browser.ts';
import { inRounds, progress } from '../bench.ts';
import type { Measure } from '../bench.ts';

const root = join(import.meta.dirname, '../..');
const require = createRequire(join(root, 'package.json'));
const linesPerSecond = 10_000;
const seconds = 10;
const lines = linesPerSecond * seconds;

interface Round {
  worstFrameMs: number;
  longestTaskMs: number;
  slowestKeyMs: number;
  lost: number;
  lateMs: number;
  heapMb: number;
}

/** Builds the page with the portal's own parts, as it would be shipped. */
async function buildPage(folder: string): Promise<void> {
  const esbuild: typeof import('esbuild') = require('esbuild');
  await esbuild.build({
    entryPoints: [join(import.meta.dirname, 'logs-page.tsx')],
    outfile: join(folder, 'page.js'),
    bundle: true,
    minify: true,
    jsx: 'automatic',
    define: { 'process.env.NODE_ENV': '"production"' },
    loader: { '.svg': 'dataurl' },
    logLevel: 'error',
  });
}

/** A line as services write them: JSON, a warning now and then, an error seldom. */
function line(n: number): string {
  const levels = ['info', 'info', 'info', 'debug', 'warn', 'info', 'error'];
  const text = JSON.stringify({
    level: levels[n % levels.length],
    msg: n % 7 === 6 ? 'cannot charge card: payments answered 503' : 'request',
    method: 'GET',
    path: `/orders/${n}`,
    status: n % 7 === 6 ? 503 : 200,
    ms: n % 90,
    traceId: n.toString(16).padStart(16, '0'),
  });
  const data = JSON.stringify({
    pod: `orders-7d4f9c6b5-x2k4${n % 5}`,
    at: new Date().toISOString(),
    text,
    n,
  });
  return `id: ${n}~bench\nevent: line\ndata: ${data}\n\n`;
}

/** Sends all lines at their rate; late ones are caught up, so that none is missing. */
function streamTo(response: ServerResponse, done: () => void): void {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  const begun = performance.now();
  let sent = 0;
  const timer = setInterval(() => {
    const due = Math.min(
      lines,
      Math.floor(((performance.now() - begun) / 1000) * linesPerSecond),
    );
    let batch = '';
    while (sent < due) batch += line((sent += 1));
    if (batch) response.write(batch);
    if (sent === lines) {
      clearInterval(timer);
      done();
    }
  }, 10);
  response.on('close', () => clearInterval(timer));
}

async function serve(folder: string, onSent: () => void): Promise<Server> {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    if (pathname.endsWith('/logs')) return streamTo(response, onSent);
    if (pathname === '/page.js' || pathname === '/page.css') {
      response.setHeader(
        'content-type',
        pathname === '/page.js' ? 'text/javascript' : 'text/css',
      );
      return response.end(readFileSync(join(folder, pathname)));
    }
    response.setHeader('content-type', 'text/html');
    return response.end(
      '<!doctype html><title>logs</title><link rel="stylesheet" href="/page.css"><body data-theme-mode="light"><div id="root"></div><script src="/page.js"></script>',
    );
  });
  await new Promise<void>(ready => {
    server.listen(0, '127.0.0.1', ready);
  });
  return server;
}

interface LogBench {
  begin(): void;
  received(): number;
  figures: Omit<Round, 'lost' | 'lateMs' | 'heapMb'>;
}
declare global {
  interface Window {
    logBench: LogBench;
  }
}

async function oneRound(page: Page, url: string, sent: Promise<void>) {
  await page.goto(url);
  await page.getByRole('log').waitFor();
  const begun = performance.now();
  await page.evaluate(() => window.logBench.begin());
  // Half of the way a person looks for something in all of it.
  await page.waitForFunction(
    half => window.logBench.received() >= half,
    lines / 2,
    { timeout: 60_000 },
  );
  await page.getByRole('searchbox').pressSequentially('charge card');
  await sent;
  const sentAt = performance.now();
  await page
    .waitForFunction(all => window.logBench.received() >= all, lines, {
      timeout: 10_000,
    })
    .catch(() => undefined); // what is missing is counted below
  const lateMs = performance.now() - sentAt;
  progress(`  ${Math.round(performance.now() - begun)} ms for ${lines} lines`);
  const { figures, received } = await page.evaluate(() => ({
    figures: window.logBench.figures,
    received: window.logBench.received(),
  }));
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('HeapProfiler.collectGarbage');
  const { usedSize } = await cdp.send('Runtime.getHeapUsage');
  return {
    ...figures,
    lost: lines - received,
    lateMs,
    heapMb: usedSize / 1024 ** 2,
  };
}

async function inBrowser(browser: Browser, folder: string): Promise<Round> {
  let onSent: () => void = () => {};
  const sent = new Promise<void>(resolve => {
    onSent = resolve;
  });
  const server = await serve(folder, () => onSent());
  const page = await browser.newPage({
    viewport: { width: 1280, height: 800 },
  });
  try {
    const { port } = server.address() as AddressInfo;
    return await oneRound(page, `http://127.0.0.1:${port}/`, sent);
  } finally {
    await page.close();
    server.close();
  }
}

/** 10,000 log lines a second into the log pane of the Health tab, in a real browser. */
export async function measure(): Promise<Measure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'ghostlight-logs-'));
  progress(`Log lines: ${linesPerSecond} a second for ${seconds} s`);
  const browser = await launch();
  try {
    await buildPage(folder);
    const rounds = await inRounds(3, () => inBrowser(browser, folder));
    const of = (pick: (round: Round) => number) => rounds.map(pick);
    return [
      {
        name: 'log lines: worst gap between frames',
        unit: 'ms',
        samples: of(round => round.worstFrameMs),
        limit: { atMost: 200 },
        note: `${linesPerSecond} lines/s for ${seconds} s as server-sent events through the real client, buffer and view in headless Chromium without a GPU; from half of the way on with a search over all held lines. The browser and the sender share this machine.`,
      },
      {
        name: 'log lines: longest task',
        unit: 'ms',
        samples: of(round => round.longestTaskMs),
        limit: { atMost: 200 },
        note: 'of the main thread; tasks below 50 ms are not reported by the browser and count as 0',
      },
      {
        name: 'log lines: slowest key typed into the search',
        unit: 'ms',
        samples: of(round => round.slowestKeyMs),
        limit: { atMost: 200 },
        note: 'from the key to the next frame, of 11 keys',
      },
      {
        name: 'log lines: lost',
        unit: 'lines',
        samples: of(round => round.lost),
        limit: { atMost: 0 },
        note: `of ${lines}; 20,000 are held, older ones are let go and counted`,
      },
      {
        name: 'log lines: last one shown after it was sent',
        unit: 'ms',
        samples: of(round => round.lateMs),
      },
      {
        name: 'log lines: heap of the page afterwards',
        unit: 'MB',
        samples: of(round => round.heapMb),
      },
    ];
  } finally {
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
