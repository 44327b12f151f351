import type { LogStreamEvent } from '../types';
import type { ServerSentEvent } from './readServerSentEvents';

/** Gives an event its type; undefined for kinds of events this version does not know. */
export function toLogStreamEvent(
  event: ServerSentEvent,
): LogStreamEvent | undefined {
  switch (event.type) {
    case 'line':
      return { type: 'line', id: event.id ?? '', line: JSON.parse(event.data) };
    case 'replica':
      return { type: 'replica', replica: JSON.parse(event.data) };
    case 'gap':
      return { type: 'gap', gap: JSON.parse(event.data) };
    case 'end':
      return { type: 'end', end: JSON.parse(event.data) };
    default:
      return undefined;
  }
}
