import { ApiError } from '../../api-error.ts';
import { parseBody } from '../http/body.ts';
import type { Reply, RequestContext } from './context.ts';
import { readObject } from './input.ts';
import { storeNew, tracked } from './write.ts';

export async function create(context: RequestContext): Promise<Reply> {
  const object = readObject(context, await parseBody(context.request));
  if (object.metadata.resourceVersion) {
    throw new ApiError(
      'BadRequest',
      'resourceVersion should not be set on objects to be created',
    );
  }
  return storeNew(context, tracked(context, undefined, object));
}
