import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, describe, it } from 'node:test';
import type { Clock } from '../../types.ts';
import { ContainerLog, type LogLimits } from './container-log.ts';
import { LineSplitter } from './line-splitter.ts';
import { LogFiles } from './log-files.ts';
import { LogReader, type LogSelection } from './log-reader.ts';

const LIMITS: LogLimits = {
  maxLineBytes: 1000,
  maxFileBytes: 10_000,
  maxWaitingBytes: 1000,
};

describe('LineSplitter', () => {
  const texts = (lines: Buffer[]) => lines.map(line => line.toString());

  it('joins what comes in parts and keeps a last line without a newline', () => {
    const splitter = new LineSplitter(100);
    assert.deepEqual(texts(splitter.push(Buffer.from('on'))), []);
    assert.deepEqual(texts(splitter.push(Buffer.from('e\n\ntwo\nthr'))), [
      'one',
      '',
      'two',
    ]);
    assert.deepEqual(texts(splitter.end()), ['thr']);
  });

  it('cuts a long line between characters, never within one', () => {
    const splitter = new LineSplitter(10);
    const pieces = splitter.push(
      Buffer.from(`${'é'.repeat(3)}x${'ü'.repeat(9)}\n`),
    );
    assert.equal(texts(pieces).join(''), `éééx${'ü'.repeat(9)}`);
    assert.ok(pieces.every(piece => piece.length <= 10));
  });

  it('cuts bytes that are no text at the limit', () => {
    const pieces = new LineSplitter(8).push(Buffer.alloc(20, 0x80));
    assert.ok(pieces.every(piece => piece.length <= 8 && piece.length > 0));
  });
});

describe('the log of a container', () => {
  let dataDir: string;
  let files: LogFiles;
  let log: ContainerLog;
  let output: PassThrough;
  let nowMs: number;
  const clock: Clock = {
    now: () => new Date(nowMs),
    after: () => () => undefined,
  };
  const open = (restart = 0) =>
    ContainerLog.open({
      files,
      restart,
      clock,
      limits: LIMITS,
      onError: error => assert.fail(String(error)),
    });
  const selection = (given: Partial<LogSelection> = {}): LogSelection => ({
    follow: false,
    timestamps: false,
    signal: new AbortController().signal,
    ...given,
  });
  const read = async (given: Partial<LogSelection> = {}) => {
    const lines: string[] = [];
    for await (const line of new LogReader(files, 0, log).read(
      selection(given),
    ))
      lines.push(line);
    return lines;
  };
  /** Writes and waits until it is in the file. */
  const print = async (text: string) => {
    await new Promise<void>(resolve => {
      output.write(text, () => resolve());
    });
    await new Promise<void>(resolve => {
      setImmediate(resolve);
    });
    await log.flushed();
  };
  const close = async () => {
    output.end();
    await new Promise<void>(resolve => {
      output.once('close', resolve);
    });
    await log.close();
  };

  beforeEach(async () => {
    nowMs = Date.parse('2026-01-01T00:00:00.000Z');
    dataDir = mkdtempSync(join(tmpdir(), 'local-cluster-logs-'));
    files = new LogFiles(dataDir, { namespace: 'n', name: 'p', uid: 'u' });
    log = await open();
    output = new PassThrough();
    log.capture(output, 'o');
  });
  afterEach(async () => {
    if (!log.ended) await log.close();
    rmSync(dataDir, { recursive: true });
  });

  const numbers = (from: number, to: number) =>
    Array.from({ length: to - from }, (_, n) => `line ${from + n}`);

  it('gives back what was printed, with the time when asked for', async () => {
    await print('one\ntwo\n');
    nowMs += 1500;
    await print('three');
    await close();
    assert.deepEqual(await read(), ['one', 'two', 'three']);
    assert.deepEqual(await read({ timestamps: true }), [
      '2026-01-01T00:00:00.000Z one',
      '2026-01-01T00:00:00.000Z two',
      '2026-01-01T00:00:01.500Z three',
    ]);
  });

  it('gives the last lines only, over blocks and rotated files', async () => {
    await print(`${numbers(0, 800).join('\n')}\n`);
    assert.deepEqual(await read({ tailLines: 3 }), numbers(797, 800));
    await print(`${numbers(800, 810).join('\n')}\n`);
    assert.equal((await files.generations(0)).length, 2);
    assert.deepEqual(await read({ tailLines: 100 }), numbers(710, 810));
    assert.deepEqual(await read({ tailLines: 0 }), []);
    assert.deepEqual((await read({ tailLines: 100_000 })).at(-1), 'line 809');
  });

  it('gives what came since a time, and no more bytes than asked for', async () => {
    await print('old\n');
    nowMs += 10_000;
    await print('new\nnewer\n');
    const since = new Date(nowMs - 5000);
    assert.deepEqual(await read({ since }), ['new', 'newer']);
    assert.deepEqual(await read({ limitBytes: 6 }), ['old', 'ne']);
  });

  it('keeps two files and forgets the beginning', async () => {
    for (let n = 0; n < 20; n += 1)
      await print(`${`${n} `.repeat(200)}\n`.repeat(8));
    assert.equal(readdirSync(files.directory).length, 2);
    const lines = await read();
    assert.ok(lines[0].startsWith('1'));
    assert.ok(lines.at(-1)?.startsWith('19 '));
  });

  it('is followed over rotations until the container ends', async () => {
    const followed = read({ follow: true });
    const wanted: string[] = [];
    for (let n = 0; n < 30; n += 1) {
      const line = `${n} ${'x'.repeat(900)}`;
      wanted.push(line);
      await print(`${line}\n`);
      await new Promise<void>(resolve => {
        setImmediate(resolve);
      });
    }
    await close();
    const lines = await followed;
    // A reader that is slower than two rotations may lose some, but never the end or the order.
    assert.deepEqual(lines.slice(-10), wanted.slice(-10));
    assert.deepEqual(
      lines,
      wanted.filter(line => lines.includes(line)),
    );
  });

  it('stops following when the reader goes', async () => {
    const leaving = new AbortController();
    const followed = read({ follow: true, signal: leaving.signal });
    await print('one\n');
    leaving.abort();
    assert.ok((await followed).length <= 1);
  });

  it('keeps the log before this one, and none before that', async () => {
    await print('first\n');
    await close();
    for (const restart of [1, 2]) {
      const next = await open(restart);
      await next.close();
    }
    assert.deepEqual(readdirSync(files.directory).sort(), [
      '1.0.log',
      '2.0.log',
    ]);
  });

  it('takes a line of 100 MB in pieces with little memory', async () => {
    await close();
    log = await ContainerLog.open({
      files,
      restart: 0,
      clock,
      onError: error => assert.fail(String(error)),
    });
    const huge = new PassThrough();
    log.capture(huge, 'o');
    const chunk = Buffer.alloc(1 << 20, 'x');
    const before = process.memoryUsage().rss;
    for (let n = 0; n < 100; n += 1) {
      if (!huge.write(chunk))
        await new Promise<void>(resolve => {
          huge.once('drain', resolve);
        });
    }
    huge.end('\nafter\n');
    await new Promise<void>(resolve => {
      huge.once('close', resolve);
    });
    await log.close();
    const grownMiB = (process.memoryUsage().rss - before) / 2 ** 20;
    // Held whole it would be these 100 MB and a copy at least.
    assert.ok(grownMiB < 100, `grew by ${grownMiB} MiB`);
    assert.deepEqual(await read({ tailLines: 1 }), ['after']);
    const sizes = new Set((await read()).map(line => line.length));
    assert.ok(Math.max(...sizes) <= 256 * 1024);
  });
});
