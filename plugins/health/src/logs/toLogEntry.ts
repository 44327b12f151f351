import type { LogEntry, LogLevel } from '@ghostlight/plugin-ghostlight-react';
import { formatPlural } from '@ghostlight/plugin-ghostlight-react';
import type {
  LogReplica,
  LogStreamEvent,
  LogLevel as WireLogLevel,
} from '@ghostlight/plugin-health-common';

/** An event of the stream as a row of the view. `n` makes its id unique within the stream. */
export function toLogEntry(
  event: Exclude<LogStreamEvent, { type: 'end' }>,
  n: number,
): LogEntry {
  switch (event.type) {
    case 'line': {
      const { line } = event;
      return {
        kind: 'line',
        id: `line-${n}`,
        at: line.at,
        source: line.pod,
        level: toLevel(line.level),
        text: line.truncated ? `${line.text} … (cut)` : line.text,
      };
    }
    case 'gap':
      return {
        kind: 'gap',
        id: `gap-${n}`,
        at: event.gap.at,
        text: `${formatPlural(
          event.gap.dropped,
          'line',
        )} missing here: they came faster than they could be read`,
      };
    default:
      return {
        kind: 'gap',
        id: `replica-${n}`,
        at: event.replica.at,
        text: replicaWords(event.replica),
      };
  }
}

function toLevel(level: WireLogLevel | undefined): LogLevel | undefined {
  return level === 'fatal' ? 'error' : level;
}

function replicaWords(replica: LogReplica): string {
  const reason = replica.reason ? `: ${replica.reason}` : '';
  switch (replica.state) {
    case 'joined':
      return `${replica.pod} started writing`;
    case 'left':
      return `${replica.pod} stopped writing${reason}`;
    default:
      return `${replica.pod} cannot be read${reason}`;
  }
}
