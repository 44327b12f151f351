import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type Measure, inRounds, progress } from '../bench.ts';
import type { Usage } from './scraping-process.ts';

const ROUND_MS = 10_000;
const SERIES = 75;
const SCRAPES_PER_SECOND = 50;

function start(file: string, ...args: string[]): ChildProcess {
  return fork(join(import.meta.dirname, file), args, {
    // As bin/start runs the local cluster.
    execArgv: [
      '--disable-warning=ExperimentalWarning',
      '--max-semi-space-size=4',
    ],
  });
}

async function answer<T>(child: ChildProcess): Promise<T> {
  const [message] = await once(child, 'message');
  return message;
}

async function usageOf(child: ChildProcess): Promise<Usage> {
  const answered = answer<Usage>(child);
  child.send('usage');
  return answered;
}

async function end(child: ChildProcess): Promise<void> {
  const exited = once(child, 'exit');
  child.disconnect();
  await exited;
}

/** What it takes to scrape a hundred targets of 75 series every two seconds; the targets are another process. */
export async function measure(): Promise<Measure[]> {
  progress('scraping: 100 targets every 2 s');
  const dataDir = mkdtempSync(join(tmpdir(), 'bench-scrape-'));
  const exporters = start('exporters-process.ts');
  const ports = await answer<number[]>(exporters);
  const scraping = start('scraping-process.ts', dataDir, ...ports.map(String));
  try {
    await answer(scraping);
    // All targets seen twice: their series are known then.
    await delay(5_000);
    const before = await usageOf(scraping);
    const shares = await inRounds(5, async () => {
      const from = await usageOf(scraping);
      await delay(ROUND_MS);
      const to = await usageOf(scraping);
      return (100 * (to.cpuMs - from.cpuMs)) / (to.atMs - from.atMs);
    });
    const after = await usageOf(scraping);
    const samples =
      ((after.atMs - before.atMs) / 1000) * SCRAPES_PER_SECOND * SERIES;
    return [
      {
        name: 'scraping 100 targets every 2 s',
        unit: '% of a core',
        samples: shares,
        limit: { atMost: 10 },
        note: `${SERIES} series each over HTTP, parsed, stored and logged; windows of ${
          ROUND_MS / 1000
        } s`,
      },
      {
        name: 'memory it grew by in a minute',
        unit: 'MB',
        samples: [(after.residentBytes - before.residentBytes) / 1024 ** 2],
        note: 'resident, 7,500 series every 2 s',
      },
      {
        name: 'log on disk',
        unit: 'bytes/sample',
        samples: [(after.diskBytes - before.diskBytes) / samples],
        note: 'until it becomes a block, after 20 minutes or 32 MB',
      },
    ];
  } finally {
    await end(scraping);
    await end(exporters);
    rmSync(dataDir, { recursive: true, force: true });
  }
}
