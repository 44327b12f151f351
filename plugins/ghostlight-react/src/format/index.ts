export { formatBytes } from './formatBytes';
export { formatCores } from './formatCores';
export { formatDuration } from './formatDuration';
export {
  formatCount,
  formatNumber,
  formatPercent,
  formatPlural,
} from './formatNumber';
export { formatAgo, formatClock, formatExactTime } from './formatTime';
