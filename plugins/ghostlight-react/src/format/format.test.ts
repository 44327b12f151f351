import {
  formatAgo,
  formatBytes,
  formatClock,
  formatCores,
  formatCount,
  formatDuration,
  formatPercent,
  formatPlural,
} from '.';

it.each([
  [0, '0 B'],
  [999, '999 B'],
  [1000, '0.977 KiB'],
  [222_298_112, '212 MiB'],
  [1_073_741_824, '1 GiB'],
])('%d bytes read as %s', (bytes, words) => {
  expect(formatBytes(bytes)).toBe(words);
});

it.each([
  [0, '< 0.001 cores'],
  [0.0002, '< 0.001 cores'],
  [0.1234, '0.123 cores'],
  [1, '1 core'],
  [2.5, '2.5 cores'],
])('%d cores read as %s', (cores, words) => {
  expect(formatCores(cores)).toBe(words);
});

it.each([
  [84.3, '84.3 ms'],
  [3140, '3.1 s'],
  [42_800, '42 s'],
  [12 * 60_000, '12 min'],
  [125 * 60_000, '2 h 5 min'],
  [76 * 3_600_000, '3 d 4 h'],
  [40 * 86_400_000, '40 d'],
])('%d ms read as %s', (ms, words) => {
  expect(formatDuration(ms)).toBe(words);
});

it('keeps counts exact and rounds ratios to three figures', () => {
  expect(formatCount(12_431)).toBe('12,431');
  expect(formatPercent(0.00213)).toBe('0.213 %');
  expect(formatPlural(1, 'replica')).toBe('1 replica');
  expect(formatPlural(3, 'replica')).toBe('3 replicas');
});

it('tells a time by its age, ahead as well as behind', () => {
  const now = Date.parse('2026-11-21T12:00:00Z');
  expect(formatAgo('2026-11-21T11:59:58Z', now)).toBe('just now');
  expect(formatAgo('2026-11-21T11:48:00Z', now)).toBe('12 min ago');
  expect(formatAgo('2026-11-21T12:05:00Z', now)).toBe('in 5 min');
});

it('leaves out the date of a time of today', () => {
  const now = new Date(2026, 10, 21, 15, 0).getTime();
  const today = new Date(2026, 10, 21, 14, 2).toISOString();
  const yesterday = new Date(2026, 10, 20, 14, 2).toISOString();
  expect(formatClock(today, now)).toBe('14:02');
  expect(formatClock(yesterday, now)).toBe('20 Nov, 14:02');
});
