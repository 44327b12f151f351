import { LogBuffer } from './LogBuffer';
import type { LogEntry } from './LogEntry';

function lines(from: number, to: number): LogEntry[] {
  return Array.from({ length: to - from + 1 }, (_, i) => ({
    kind: 'line',
    id: String(from + i),
    at: '2026-11-21T12:00:00Z',
    source: 'orders-1',
    text: `line ${from + i}`,
  }));
}

describe('LogBuffer', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => jest.useRealTimers());

  it('tells its readers once for all lines of a gathering time', () => {
    const buffer = new LogBuffer({ gatherMs: 100 });
    const heard = jest.fn();
    buffer.subscribe(heard);
    lines(1, 500).forEach(entry => buffer.append(entry));
    expect(buffer.getSnapshot().entries).toHaveLength(0);
    jest.advanceTimersByTime(100);
    expect(heard).toHaveBeenCalledTimes(1);
    expect(buffer.getSnapshot().entries).toHaveLength(500);
  });

  it('lets the oldest lines go beyond its capacity and counts them', () => {
    const buffer = new LogBuffer({ capacity: 10 });
    buffer.append(...lines(1, 8));
    buffer.flush();
    buffer.append(...lines(9, 15));
    buffer.flush();
    const { entries, dropped } = buffer.getSnapshot();
    expect(dropped).toBe(5);
    expect(entries.map(entry => entry.id)).toEqual(
      lines(6, 15).map(entry => entry.id),
    );
  });

  it('lets the oldest go when lines are long, but never the newest', () => {
    const buffer = new LogBuffer({ capacity: 100, capacityCharacters: 1000 });
    const long = (n: number): LogEntry => ({
      kind: 'line',
      id: String(n),
      at: '2026-11-21T12:00:00Z',
      source: 'orders-1',
      text: 'x'.repeat(n),
    });
    buffer.append(long(400), long(401), long(402));
    buffer.flush();
    expect(buffer.getSnapshot().entries.map(({ id }) => id)).toEqual([
      '401',
      '402',
    ]);
    buffer.append(long(5000));
    buffer.flush();
    expect(buffer.getSnapshot().entries.map(({ id }) => id)).toEqual(['5000']);
    expect(buffer.getSnapshot().dropped).toBe(3);
    buffer.append(long(10));
    buffer.flush();
    expect(buffer.getSnapshot().entries.map(({ id }) => id)).toEqual(['10']);
  });
});
