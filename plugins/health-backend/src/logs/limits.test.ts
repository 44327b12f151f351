import { parsePosition } from './Position';
import { StreamLimits } from './StreamLimits';
import { streamEnd } from './streamEnd';

describe('StreamLimits', () => {
  it('gives each person so many streams, and a place back once', () => {
    const streams = new StreamLimits(2);
    const release = streams.acquire('maya');
    streams.acquire('maya');
    streams.acquire('noor');
    expect(() => streams.acquire('maya')).toThrow(
      /You have 2 log streams open/,
    );
    release();
    release();
    streams.acquire('maya');
    expect(() => streams.acquire('maya')).toThrow();
  });
});

describe('streamEnd', () => {
  it('comes when the sign-in expires, and when the server stops', () => {
    const stopping = new AbortController();
    const now = () => new Date('2026-03-01T12:00:00Z');
    jest.useFakeTimers();
    try {
      const expiring = streamEnd({
        expiresAt: new Date('2026-03-01T12:10:00Z'),
        now,
        stopping: stopping.signal,
      });
      jest.advanceTimersByTime(9 * 60_000);
      expect(expiring.signal.aborted).toBe(false);
      jest.advanceTimersByTime(60_000);
      expect(expiring.signal.aborted).toBe(true);
      expect(expiring.event()).toEqual({
        reason: 'the sign-in it began with has expired',
        resume: true,
      });
    } finally {
      jest.useRealTimers();
    }
    const lasting = streamEnd({
      expiresAt: undefined,
      now,
      stopping: stopping.signal,
    });
    stopping.abort();
    expect(lasting.signal.aborted).toBe(true);
    expect(lasting.event().reason).toBe('the server is being restarted');
  });
});

describe('parsePosition', () => {
  it.each([
    '',
    'x',
    '1~yesterday',
    '1~2026-13-40T99:00:00Z',
    '-1~2026-03-01T12:00:00Z',
  ])('takes %p for the beginning', id => {
    expect(parsePosition(id)).toBeUndefined();
  });
});
