import { formatPointTime, formatTimeTick, timeTicks } from './timeTicks';

function clock(...parts: [number, number, number, number, number]): number {
  const [year, month, day, hour, minute] = parts;
  return new Date(year, month, day, hour, minute).getTime() / 1000;
}

it('puts ticks at round times of the clock, as many as there is room for', () => {
  const from = clock(2026, 10, 21, 14, 2);
  expect(timeTicks(from, from + 900, 300).map(formatTimeTick)).toEqual([
    '14:05',
    '14:10',
    '14:15',
  ]);
  expect(timeTicks(from, from + 900, 140).map(formatTimeTick)).toEqual([
    '14:10',
  ]);
  expect(timeTicks(from, from + 300, 400).map(formatTimeTick)).toEqual([
    '14:02',
    '14:03',
    '14:04',
    '14:05',
    '14:06',
    '14:07',
  ]);
});

it('names the day that begins', () => {
  const from = clock(2026, 10, 20, 15, 30);
  expect(timeTicks(from, from + 86_400, 300).map(formatTimeTick)).toEqual([
    '18:00',
    '21 Nov',
    '06:00',
    '12:00',
  ]);
});

it('tells the seconds only where steps are shorter than a minute', () => {
  const at = clock(2026, 10, 21, 14, 2) + 35;
  expect(formatPointTime(at, 5)).toBe('14:02:35');
  expect(formatPointTime(at, 60)).toBe('14:02');
});
