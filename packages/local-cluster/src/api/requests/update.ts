import { parseBody } from '../http/body.ts';
import type { Reply, RequestContext } from './context.ts';
import { existing } from './existing.ts';
import { readObject } from './input.ts';
import { storeChanged, tracked } from './write.ts';

/** PUT: the whole object; a resourceVersion in it must be the stored one. */
export async function update(context: RequestContext): Promise<Reply> {
  const body = await parseBody(context.request);
  // Everything from here on is synchronous: what is read is what is replaced.
  const current = existing(context);
  const object = readObject(context, body, { before: current });
  return storeChanged(context, current, tracked(context, current, object));
}
