import { formatNumber } from './formatNumber';

/** Processor time used per time: `0.12 cores`. Below what can be measured it says so: a process that runs is never at 0. */
export function formatCores(cores: number): string {
  if (cores < 0.001) {
    return '< 0.001 cores';
  }
  const value = cores < 1 ? Math.round(cores * 1000) / 1000 : cores;
  return `${formatNumber(value)} ${value === 1 ? 'core' : 'cores'}`;
}
