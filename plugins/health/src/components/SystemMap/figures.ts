import {
  formatDuration,
  formatNumber,
  formatPercent,
} from '@ghostlight/plugin-ghostlight-react';

/** `24/s`; what is rarer than one in ten seconds is told by the minute. */
export function rateWords(perSecond: number | undefined): string {
  if (perSecond === undefined) {
    return 'no data';
  }
  if (perSecond === 0 || perSecond >= 0.1) {
    return `${formatNumber(perSecond)}/s`;
  }
  return `${formatNumber(perSecond * 60)}/min`;
}

/** `4.2 %`; a share below a tenth of a per cent is told as such. */
export function errorWords(ratio: number | undefined): string {
  if (ratio === undefined) {
    return 'no data';
  }
  return ratio > 0 && ratio < 0.001
    ? '< 0.1 %'
    : formatPercent(shownRatio(ratio));
}

export function latencyWords(ms: number | undefined): string {
  return ms === undefined
    ? 'no data'
    : formatDuration(Math.round(ms * 10) / 10);
}

/** Two figures are enough at a glance: 4.23 % reads no better than 4.2 %. What is shown is also what is coloured. */
export function shownRatio(ratio: number): number {
  return Number(ratio.toPrecision(2));
}
