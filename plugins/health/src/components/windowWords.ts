import type { HealthWindow } from '@ghostlight/plugin-health-common';

const words: Record<HealthWindow, string> = {
  PT5M: '5 min',
  PT15M: '15 min',
  PT1H: '1 h',
  PT6H: '6 h',
  PT24H: '24 h',
};

/** `15 min`, to be said after "last". */
export function windowWords(window: HealthWindow): string {
  return words[window];
}
