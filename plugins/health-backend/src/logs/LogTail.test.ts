import type { LogLine, LogStreamEvent } from '@ghostlight/plugin-health-common';
import { FakeLogs } from '../__testUtils__/FakeLogs';
import { until } from '../__testUtils__/until';
import { LogTail, type LogTailLimits } from './LogTail';
import { parsePosition, type Position } from './Position';

const limits: LogTailLimits = {
  windowMs: 20,
  maxItems: 1_000,
  maxBytes: 1_000_000,
  backlogMs: 1_000,
  retryMs: 20,
};

const at = (seconds: number) =>
  `2026-03-01T12:00:${String(seconds).padStart(2, '0')}.5Z`;

let logs: FakeLogs;
let controller: AbortController;

beforeEach(() => {
  logs = new FakeLogs();
  controller = new AbortController();
});

afterEach(() => controller.abort());

/** Reads a stream as fast as it comes. */
function open(
  options: { tail?: number; resume?: Position; limits?: LogTailLimits } = {},
) {
  const events: LogStreamEvent[] = [];
  const stream = new LogTail({
    source: logs,
    tail: 100,
    limits,
    now: () => new Date(),
    signal: controller.signal,
    ...options,
  }).events();
  const ended = (async () => {
    for await (const event of stream) {
      events.push(event);
    }
  })();
  const lines = (): LogLine[] =>
    events.flatMap(event => (event.type === 'line' ? [event.line] : []));
  const texts = () => lines().map(({ text }) => text);
  const replicas = () =>
    events.flatMap(event =>
      event.type === 'replica'
        ? [`${event.replica.pod} ${event.replica.state}`]
        : [],
    );
  return { events, lines, texts, replicas, ended };
}

describe('LogTail', () => {
  it('begins with the newest lines of all replicas in the order they were written, numbered', async () => {
    logs.add('a');
    logs.add('b');
    logs.write('a', at(1), 'one');
    logs.write('a', at(3), 'three');
    logs.write('b', at(2), 'two');
    logs.write('b', at(4), 'four');
    const { lines, replicas } = open({ tail: 3 });
    await until(() => lines().length === 3);
    expect(lines().map(({ n, pod, text }) => `${n} ${pod} ${text}`)).toEqual([
      '1 b two',
      '2 a three',
      '3 b four',
    ]);
    expect(replicas()).toEqual(['a joined', 'b joined']);
  });

  it('goes on live, in order over replicas, without repeating what was seen', async () => {
    logs.add('a');
    logs.add('b');
    logs.write('a', at(1), 'past');
    const { texts } = open();
    await until(() => logs.followers('a') === 1 && logs.followers('b') === 1);
    logs.write('b', at(3), 'third');
    logs.write('a', at(2), 'second');
    await until(() => texts().length === 3);
    expect(texts()).toEqual(['past', 'second', 'third']);
  });

  it('follows replicas that appear and says which are gone', async () => {
    logs.add('a');
    const { texts, replicas } = open();
    await until(() => logs.followers('a') === 1);
    logs.add('b');
    await until(() => logs.followers('b') === 1);
    logs.write('b', at(1), 'hello');
    await until(() => texts().length === 1);
    logs.remove('a');
    await until(() => replicas().includes('a left'));
    expect(replicas()).toEqual(['a joined', 'b joined', 'a left']);
  });

  it('goes on after a container was started again', async () => {
    logs.add('a');
    logs.write('a', at(1), 'first life');
    const { texts } = open();
    await until(() => logs.followers('a') === 1);
    logs.restart('a');
    logs.write('a', at(2), 'second life');
    await until(() => texts().length === 2);
    expect(texts()).toEqual(['first life', 'second life']);
  });

  it('says once why a replica cannot be read, and reads it when it can be', async () => {
    logs.add('a', 'it is waiting to start');
    const { texts, events, replicas } = open();
    await until(() => replicas().includes('a unavailable'));
    await until(() => logs.reads.length > 4);
    expect(
      events.filter(
        event =>
          event.type === 'replica' && event.replica.state === 'unavailable',
      ),
    ).toEqual([
      {
        type: 'replica',
        replica: expect.objectContaining({ reason: 'it is waiting to start' }),
      },
    ]);
    logs.mend('a');
    await until(() => logs.followers('a') === 1);
    logs.write('a', at(1), 'at last');
    await until(() => texts().includes('at last'));
  });

  it('goes on after the line it is told, with its number', async () => {
    logs.add('a');
    ['one', 'two', 'three'].forEach((text, i) => logs.write('a', at(i), text));
    const first = open();
    await until(() => first.lines().length === 3);
    const second = first.events.find(
      event => event.type === 'line' && event.line.text === 'two',
    );
    const resume =
      second?.type === 'line' ? parsePosition(second.id) : undefined;
    expect(resume).toEqual({ n: 2, at: at(1) });
    const resumed = open({ resume });
    await until(() => resumed.lines().length === 1);
    expect(resumed.lines()[0]).toMatchObject({ text: 'three', n: 3 });
    await until(() => logs.followers('a') === 2);
    logs.write('a', at(9), 'four');
    await until(() => resumed.lines().length === 2);
    expect(resumed.texts()).toEqual(['three', 'four']);
  });

  it('drops the oldest when nobody reads, says how many, and holds no more than its limits', async () => {
    logs.add('a');
    const stream = new LogTail({
      source: logs,
      tail: 0,
      limits: { ...limits, maxItems: 100 },
      now: () => new Date(),
      signal: controller.signal,
    }).events();
    expect((await stream.next()).value).toMatchObject({ type: 'replica' });
    const next = stream.next();
    await until(() => logs.followers('a') === 1);
    for (let i = 0; i < 5_000; i++) {
      logs.write(
        'a',
        `2026-03-01T12:00:00.${String(i).padStart(9, '0')}Z`,
        `${i}`,
      );
    }
    const seen: LogStreamEvent[] = [(await next).value];
    while (
      !seen.some(each => each.type === 'line' && each.line.text === '4999')
    ) {
      seen.push((await stream.next()).value);
    }
    const lines = seen.filter(({ type }) => type === 'line').length;
    const dropped = seen.reduce(
      (sum, event) => sum + (event.type === 'gap' ? event.gap.dropped : 0),
      0,
    );
    expect(dropped).toBeGreaterThan(0);
    expect(lines + dropped).toBe(5_000);
  });

  it('ends when it is aborted and lets go of the replicas', async () => {
    logs.add('a');
    const { ended } = open();
    await until(() => logs.followers('a') === 1);
    controller.abort();
    await expect(ended).resolves.toBeUndefined();
    await until(() => logs.followers('a') === 0);
  });

  it('waits for replicas when there are none', async () => {
    const { texts } = open();
    logs.add('a');
    await until(() => logs.followers('a') === 1);
    logs.write('a', at(1), 'first');
    await until(() => texts().length === 1);
    expect(texts()).toEqual(['first']);
  });

  it('shows no secrets and no control characters', async () => {
    logs.add('a');
    logs.write('a', at(1), '\u001b[31mERROR\u001b[0m password=hunter2');
    const { lines } = open();
    await until(() => lines().length === 1);
    expect(lines()[0]).toMatchObject({
      level: 'error',
      text: 'ERROR password=[redacted]',
    });
  });
});
