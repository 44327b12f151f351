import { LogBuffer } from '@ghostlight/plugin-ghostlight-react';
import type { LogStreamEvent } from '@ghostlight/plugin-health-common';
import { LogStream, LogStreamState } from './LogStream';

type Connection = () => AsyncIterable<LogStreamEvent>;

function line(n: number): LogStreamEvent {
  return {
    type: 'line',
    id: `id-${n}`,
    line: {
      pod: 'orders-1',
      at: '2026-11-21T12:00:00.123456789Z',
      text: `line ${n}`,
      n,
    },
  };
}

async function* sends(
  ...events: (LogStreamEvent | Error)[]
): AsyncGenerator<LogStreamEvent> {
  for (const event of events) {
    if (event instanceof Error) {
      throw event;
    }
    yield event;
  }
}

/** Runs a stream over connections that come one after another. */
async function run(...connections: Connection[]) {
  const buffer = new LogBuffer();
  const states: LogStreamState[] = [];
  const opened: (string | undefined)[] = [];
  const waits: number[] = [];
  const abort = new AbortController();
  const stream = new LogStream({
    buffer,
    onState: state => states.push(state),
    open: lastEventId => {
      opened.push(lastEventId);
      return connections[opened.length - 1]();
    },
    wait: async ms => {
      waits.push(ms);
      if (opened.length === connections.length) {
        abort.abort();
      }
    },
  });
  await stream.run(abort.signal);
  buffer.flush();
  return {
    texts: buffer.getSnapshot().entries.map(entry => entry.text),
    states: states.map(state => state.kind),
    last: states.at(-1),
    opened,
    waits,
  };
}

describe('LogStream', () => {
  it('goes on after the last line that was seen when the connection breaks', async () => {
    const { texts, opened, states } = await run(
      () => sends(line(1), line(2), new Error('network error')),
      () => sends(line(3)),
    );
    expect(texts).toEqual(['line 1', 'line 2', 'line 3']);
    expect(opened).toEqual([undefined, 'id-2']);
    expect(states).toEqual([
      'connecting',
      'live',
      'reconnecting',
      'live',
      'reconnecting',
    ]);
  });

  it('waits longer each time that nothing comes, and not after lines have come', async () => {
    const { waits } = await run(
      () => sends(new Error('refused')),
      () => sends(new Error('refused')),
      () => sends(line(1)),
      () => sends(new Error('refused')),
    );
    expect(waits).toEqual([1000, 2000, 500, 1000]);
  });

  it('ends when the sender says that there is nothing to come back for', async () => {
    const { opened, last } = await run(() =>
      sends({ type: 'end', end: { reason: 'no replicas', resume: false } }),
    );
    expect(opened).toHaveLength(1);
    expect(last).toEqual({ kind: 'ended', reason: 'no replicas' });
  });

  it('comes back at once after an end that says so, like that of a token', async () => {
    const { opened } = await run(
      () =>
        sends(line(1), {
          type: 'end',
          end: { reason: 'the token expired', resume: true },
        }),
      () => sends(line(2)),
    );
    expect(opened).toEqual([undefined, 'id-1']);
  });

  it('marks missing lines, and tells of replicas that come and go later on', async () => {
    const at = '2026-11-21T12:00:00Z';
    const joined = (pod: string): LogStreamEvent => ({
      type: 'replica',
      replica: { pod, state: 'joined', at },
    });
    const { texts } = await run(() =>
      sends(
        joined('orders-1'),
        line(1),
        { type: 'gap', gap: { dropped: 120, at } },
        joined('orders-1'),
        joined('orders-2'),
        {
          type: 'replica',
          replica: { pod: 'orders-1', state: 'left', reason: 'it ended', at },
        },
      ),
    );
    expect(texts).toEqual([
      'line 1',
      '120 lines missing here: they came faster than they could be read',
      'orders-2 started writing',
      'orders-1 stopped writing: it ended',
    ]);
  });

  it('reads nothing more once nobody looks', async () => {
    const abort = new AbortController();
    const buffer = new LogBuffer();
    const stream = new LogStream({
      buffer,
      onState: () => {},
      wait: async () => {},
      open: async function* open() {
        yield line(1);
        abort.abort();
        yield line(2);
      },
    });
    await stream.run(abort.signal);
    buffer.flush();
    expect(buffer.getSnapshot().entries).toHaveLength(1);
  });
});
