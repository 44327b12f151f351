import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ApiError } from '../api-error.ts';
import type { Clock } from '../types.ts';
import { WorkQueue } from './work-queue.ts';

class ManualClock implements Clock {
  #nowMs = 0;
  #timers: { atMs: number; run: () => void }[] = [];

  now() {
    return new Date(this.#nowMs);
  }

  after(ms: number, run: () => void) {
    const timer = { atMs: this.#nowMs + ms, run };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter(one => one !== timer);
    };
  }

  advance(ms: number) {
    const untilMs = this.#nowMs + ms;
    for (;;) {
      const [next] = this.#timers
        .filter(({ atMs }) => atMs <= untilMs)
        .sort((a, b) => a.atMs - b.atMs);
      if (!next) break;
      this.#timers = this.#timers.filter(one => one !== next);
      this.#nowMs = next.atMs;
      next.run();
    }
    this.#nowMs = untilMs;
  }
}

describe('WorkQueue', () => {
  const make = (work: (key: string) => void) => {
    const clock = new ManualClock();
    const worked: string[] = [];
    const queue = new WorkQueue({
      name: 'test',
      clock,
      work: key => {
        worked.push(key);
        work(key);
      },
    });
    return { clock, queue, worked };
  };

  it('works once on a key that is added many times', () => {
    const { clock, queue, worked } = make(() => undefined);
    queue.add('a');
    queue.add('b');
    queue.add('a');
    clock.advance(0);
    assert.deepEqual(worked, ['a', 'b']);
  });

  it('tries again what failed, ever later, and starts from nothing once it worked', () => {
    let fails = 3;
    const { clock, queue, worked } = make(() => {
      fails -= 1;
      if (fails >= 0) throw new ApiError('Conflict', 'changed meanwhile');
    });
    queue.add('a');
    clock.advance(0);
    assert.equal(worked.length, 1);
    clock.advance(50);
    assert.equal(worked.length, 2);
    clock.advance(99);
    assert.equal(worked.length, 2);
    clock.advance(1);
    assert.equal(worked.length, 3);
    clock.advance(200);
    assert.equal(worked.length, 4);
    clock.advance(100_000);
    assert.equal(worked.length, 4);
  });

  it('keeps the earliest of several times', () => {
    const { clock, queue, worked } = make(() => undefined);
    queue.addAfter('a', 100);
    queue.addAfter('a', 1000);
    queue.addAfter('a', 10);
    clock.advance(10);
    assert.deepEqual(worked, ['a']);
    clock.advance(5000);
    assert.deepEqual(worked, ['a']);
  });

  it('does nothing any more once it is stopped', () => {
    const { clock, queue, worked } = make(() => undefined);
    queue.add('a');
    queue.addAfter('b', 5);
    queue.stop();
    queue.add('c');
    clock.advance(100);
    assert.deepEqual(worked, []);
  });
});
