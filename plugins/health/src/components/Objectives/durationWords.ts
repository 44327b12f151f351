const pattern =
  /^P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/;

/** An ISO 8601 duration as people say it: `30 days`, `1 h`, `15 min`; what can not be read stays as it is. */
export function durationWords(duration: string): string {
  const match = pattern.exec(duration);
  if (!match) {
    return duration;
  }
  const [, weeks, days, hours, minutes, seconds] = match;
  const words = [
    weeks && count(weeks, 'week'),
    days && count(days, 'day'),
    hours && `${Number(hours)} h`,
    minutes && `${Number(minutes)} min`,
    seconds && `${Number(seconds)} s`,
  ].filter(Boolean);
  return words.length > 0 ? words.join(' ') : duration;
}

function count(digits: string, unit: string): string {
  return `${Number(digits)} ${unit}${Number(digits) === 1 ? '' : 's'}`;
}
