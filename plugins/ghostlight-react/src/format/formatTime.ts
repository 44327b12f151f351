import { formatDuration } from './formatDuration';

const clock = new Intl.DateTimeFormat('en-GB', {
  hour: '2-digit',
  minute: '2-digit',
});
const dayAndClock = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
});
const exact = new Intl.DateTimeFormat('en-GB', {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  timeZoneName: 'short',
});

/** `12 min ago`, `in 5 min`; below five seconds `just now`. */
export function formatAgo(at: string, nowMs: number): string {
  const age = nowMs - Date.parse(at);
  if (Math.abs(age) < 5000) {
    return 'just now';
  }
  // Whole seconds: a figure that ticks should not show tenths.
  const words = formatDuration(Math.floor(Math.abs(age) / 1000) * 1000);
  return age < 0 ? `in ${words}` : `${words} ago`;
}

/** `14:02` within the same day, else `20 Nov, 14:02`. In the reader's time zone. */
export function formatClock(at: string, nowMs: number): string {
  const date = new Date(at);
  const sameDay = date.toDateString() === new Date(nowMs).toDateString();
  return (sameDay ? clock : dayAndClock).format(date);
}

/** `Sat, 21 Nov 2026, 14:02:07 CET`. */
export function formatExactTime(at: string): string {
  return exact.format(new Date(at));
}
