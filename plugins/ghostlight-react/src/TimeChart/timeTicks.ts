const minute = 60;
const hour = 60 * minute;
const steps = [
  10,
  30,
  minute,
  2 * minute,
  5 * minute,
  10 * minute,
  15 * minute,
  30 * minute,
  hour,
  2 * hour,
  3 * hour,
  4 * hour,
  6 * hour,
  12 * hour,
  24 * hour,
];
const leastGapPx = 64;

/** Unix seconds at round times of the reader's clock, as many as the width has room for. */
export function timeTicks(from: number, to: number, widthPx: number): number[] {
  const most = Math.max(1, Math.floor(widthPx / leastGapPx));
  const step =
    steps.find(candidate => (to - from) / candidate <= most) ??
    Math.ceil((to - from) / most);
  // Round where the reader is: 06:00 is not 06:00 everywhere.
  const offset = new Date(from * 1000).getTimezoneOffset() * minute;
  const first = Math.ceil((from - offset) / step) * step + offset;
  const ticks: number[] = [];
  for (let at = first; at <= to; at += step) {
    ticks.push(at);
  }
  return ticks;
}

const clock = new Intl.DateTimeFormat('en-GB', {
  hour: '2-digit',
  minute: '2-digit',
});
const clockWithSeconds = new Intl.DateTimeFormat('en-GB', {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
});
const day = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
});

/** `14:02`, and at midnight the day that begins. */
export function formatTimeTick(at: number): string {
  const date = new Date(at * 1000);
  const words = clock.format(date);
  return words === '00:00' ? day.format(date) : words;
}

/** A point's time as exactly as its steps tell: `14:02:35`, or `14:02` where they are minutes long. */
export function formatPointTime(at: number, stepSeconds: number): string {
  const date = new Date(at * 1000);
  return (stepSeconds < minute ? clockWithSeconds : clock).format(date);
}
