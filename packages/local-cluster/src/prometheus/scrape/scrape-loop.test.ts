import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Clock } from '../../types.ts';
import { scrapeLoop } from './scrape-loop.ts';

const INTERVAL_MS = 5_000;

/** A clock whose timers fire so much earlier than they should. */
class EarlyClock implements Clock {
  nowMs = 1_000_000;
  readonly #earlyMs: number;
  #timer: { atMs: number; run: () => void } | undefined;

  constructor(earlyMs: number) {
    this.#earlyMs = earlyMs;
  }

  now(): Date {
    return new Date(this.nowMs);
  }

  after(ms: number, run: () => void): () => void {
    this.#timer = { atMs: this.nowMs + ms, run };
    return () => {
      this.#timer = undefined;
    };
  }

  /** What is waited for does not change by it. */
  setBack(ms: number): void {
    this.nowMs -= ms;
    if (this.#timer) this.#timer.atMs -= ms;
  }

  fire(): void {
    const timer = this.#timer;
    if (!timer) throw new Error('no timer runs');
    this.#timer = undefined;
    this.nowMs = Math.max(this.nowMs, timer.atMs - this.#earlyMs);
    timer.run();
  }
}

/** Lets the loop go on after a scrape. */
const settled = () => new Promise(resolve => setImmediate(resolve));

function startLoop(clock: EarlyClock) {
  const timesMs: number[] = [];
  const stop = scrapeLoop(
    clock,
    { intervalMs: INTERVAL_MS, offsetMs: 0 },
    async timeMs => {
      timesMs.push(timeMs);
    },
  );
  const scrape = async () => {
    clock.fire();
    await settled();
  };
  return { timesMs, stop, scrape };
}

for (const earlyMs of [0, 1, 90, 400]) {
  test(`a timer that fires ${earlyMs} ms early does not scrape for the same time twice`, async () => {
    const clock = new EarlyClock(earlyMs);
    const { timesMs, stop, scrape } = startLoop(clock);
    for (let n = 0; n < 4; n += 1) await scrape();
    stop();
    // A little early counts as on time; what is clearly early has its own time.
    const saidMs = earlyMs <= 100 ? 0 : earlyMs;
    assert.deepEqual(
      timesMs,
      [1, 2, 3, 4].map(nth => 1_000_000 + nth * INTERVAL_MS - saidMs),
    );
  });
}

test('a clock that is set back does not stop the scraping', async () => {
  const clock = new EarlyClock(0);
  const { timesMs, stop, scrape } = startLoop(clock);
  await scrape();
  clock.setBack(3_600_000);
  const backMs = clock.nowMs;
  await scrape();
  await scrape();
  stop();
  assert.equal(timesMs.length, 3);
  assert.equal(clock.nowMs - backMs, 2 * INTERVAL_MS);
});
