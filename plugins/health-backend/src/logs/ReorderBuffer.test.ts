import { compareTimes } from './compareTimes';
import { ReorderBuffer } from './ReorderBuffer';

const limits = { windowMs: 100, maxItems: 10, maxBytes: 1000 };
const at = (fraction: string) => `2026-03-01T12:00:00.${fraction}Z`;
const item = (fraction: string, bytes = 10) => ({ at: at(fraction), bytes });
const times = (items: { at: string }[]) => items.map(each => each.at);

describe('ReorderBuffer', () => {
  it('puts lines in order that arrive within the window, whatever their precision', () => {
    const buffer = new ReorderBuffer(limits);
    buffer.push(item('3'), 0);
    buffer.push(item('1'), 10);
    buffer.push(item('25'), 20);
    buffer.push(item('250000001'), 30);
    expect(buffer.take(10, 50)).toEqual([]);
    expect(times(buffer.take(10, 130))).toEqual(
      ['1', '25', '250000001', '3'].map(at),
    );
    expect(buffer.size).toBe(0);
  });

  it('gives no more than asked for and keeps the rest', () => {
    const buffer = new ReorderBuffer(limits);
    ['1', '2', '3'].forEach(fraction => buffer.push(item(fraction), 0));
    expect(times(buffer.take(2, 200))).toEqual([at('1'), at('2')]);
    expect(times(buffer.take(2, 200))).toEqual([at('3')]);
  });

  it('drops the oldest over its limits of number and size, and counts them once', () => {
    const many = new ReorderBuffer(limits);
    for (let i = 0; i < 25; i++) {
      many.push(item(String(100 + i)), 0);
    }
    expect(many.size).toBeLessThanOrEqual(10);
    expect(many.takeDropped()).toBe(25 - many.size);
    expect(many.takeDropped()).toBe(0);
    const large = new ReorderBuffer(limits);
    ['1', '2', '3'].forEach(fraction => large.push(item(fraction, 600), 0));
    expect(times(large.take(10, 200))).toEqual([at('3')]);
    expect(large.takeDropped()).toBe(2);
  });
});

describe('compareTimes', () => {
  it.each([
    ['2026-03-01T12:00:00Z', '2026-03-01T12:00:00.0Z', 0],
    ['2026-03-01T12:00:00.1Z', '2026-03-01T12:00:00.09Z', 1],
    ['2026-03-01T12:00:00.999999999Z', '2026-03-01T12:00:01Z', -1],
  ])('%s to %s is %i', (a, b, order) => {
    expect(compareTimes(a, b)).toBe(order);
  });
});
