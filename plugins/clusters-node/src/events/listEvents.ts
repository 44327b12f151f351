import { z } from 'zod';
import type { ClusterHttp } from '../kube/ClusterHttp';
import type { EventView } from '../types';

const optionalText = z
  .string()
  .nullish()
  .transform(value => value || undefined);

const eventSchema = z.object({
  metadata: z.object({ creationTimestamp: optionalText }),
  type: z.string().nullish(),
  reason: optionalText,
  message: optionalText,
  count: z.number().nullish(),
  firstTimestamp: optionalText,
  lastTimestamp: optionalText,
  eventTime: optionalText,
  series: z
    .object({ count: z.number(), lastObservedTime: optionalText })
    .nullish(),
  involvedObject: z.object({
    kind: z.string(),
    name: z.string(),
    uid: optionalText,
  }),
});

const eventListSchema = z.object({
  metadata: z.object({ continue: optionalText }),
  items: z
    .array(z.unknown())
    .nullish()
    .transform(items => items ?? []),
});

/** A namespace with more events than this is read no further: what matters is recent. */
const MAX_PAGES = 10;

/** What events are about. */
interface Involved {
  kind: string;
  name: string;
  uid?: string;
}

/** Events of the given objects, equal ones merged, newest first. */
export async function listEvents(
  http: ClusterHttp,
  namespace: string,
  involved: Involved[],
): Promise<EventView[]> {
  const wanted = new Map(
    involved.map(object => [`${object.kind}/${object.name}`, object]),
  );
  const merged = new Map<string, EventView>();
  let next: string | undefined;
  for (let page = 0; page < MAX_PAGES; page++) {
    const answer = eventListSchema.parse(
      await http.json({
        path: `/api/v1/namespaces/${namespace}/events`,
        query: { limit: 500, continue: next },
      }),
    );
    for (const item of answer.items) {
      const event = toEventView(item);
      if (event && isAbout(wanted, event)) {
        merge(merged, event);
      }
    }
    next = answer.metadata.continue;
    if (!next) {
      break;
    }
  }
  return [...merged.values()].sort(
    (a, b) => Date.parse(b.at) - Date.parse(a.at),
  );
}

/** An object of the same name that is gone has its own events, told apart by uid. */
function isAbout(wanted: Map<string, Involved>, { involved }: EventView) {
  const object = wanted.get(`${involved.kind}/${involved.name}`);
  return (
    object !== undefined &&
    (!object.uid || !involved.uid || object.uid === involved.uid)
  );
}

function toEventView(item: unknown): EventView | undefined {
  const parsed = eventSchema.safeParse(item);
  if (!parsed.success) {
    return undefined;
  }
  const event = parsed.data;
  const first =
    event.firstTimestamp ?? event.eventTime ?? event.metadata.creationTimestamp;
  const last = event.series?.lastObservedTime ?? event.lastTimestamp ?? first;
  if (!last) {
    return undefined;
  }
  return {
    at: last,
    firstAt: first !== last ? first : undefined,
    type: event.type === 'Warning' ? 'Warning' : 'Normal',
    reason: event.reason ?? 'Unknown',
    message: event.message ?? '',
    count: event.series?.count ?? event.count ?? 1,
    involved: event.involvedObject,
  };
}

function merge(merged: Map<string, EventView>, event: EventView): void {
  const { kind, name } = event.involved;
  const key = [kind, name, event.type, event.reason, event.message].join('\n');
  const known = merged.get(key);
  if (!known) {
    merged.set(key, event);
    return;
  }
  const [older, newer] =
    Date.parse(known.at) <= Date.parse(event.at)
      ? [known, event]
      : [event, known];
  merged.set(key, {
    ...newer,
    firstAt: older.firstAt ?? older.at,
    count: known.count + event.count,
  });
}
