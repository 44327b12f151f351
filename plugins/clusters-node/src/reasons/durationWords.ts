/**
 * `12 s`, `4 min`, `3 h`, `2 d`: how long people say it was.
 *
 * @public
 */
export function durationWords(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  if (seconds < 90) {
    return `${seconds} s`;
  }
  const minutes = Math.round(seconds / 60);
  if (minutes < 90) {
    return `${minutes} min`;
  }
  const hours = Math.round(minutes / 60);
  return hours < 48 ? `${hours} h` : `${Math.round(hours / 24)} d`;
}

/**
 * How long ago something was, in the same words.
 *
 * @public
 */
export function sinceWords(from: string, now: Date): string {
  return durationWords(now.getTime() - Date.parse(from));
}
