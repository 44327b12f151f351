import { ApiError } from '../../api-error.ts';
import { READ, resourceName, type Verb } from '../kinds/index.ts';
import { flag, type Reply, type RequestContext } from './context.ts';
import { create } from './create.ts';
import { log } from './log.ts';
import { patch } from './patch.ts';
import { get, list } from './read.ts';
import { remove, removeCollection } from './remove.ts';
import { scale } from './scale.ts';
import { update } from './update.ts';
import { watch } from './watch.ts';

type Handler = (context: RequestContext) => Promise<Reply> | Reply;

const HANDLERS: Record<Verb, Handler> = {
  get,
  list,
  watch,
  create,
  update,
  patch,
  delete: remove,
  deletecollection: removeCollection,
};

const ON_ONE: Record<string, Verb> = {
  GET: 'get',
  PUT: 'update',
  PATCH: 'patch',
  DELETE: 'delete',
};
const ON_ALL: Record<string, Verb> = {
  GET: 'list',
  POST: 'create',
  DELETE: 'deletecollection',
};

function verbOf({ request, query, name }: RequestContext): Verb | undefined {
  const verbs = name === undefined ? ON_ALL : ON_ONE;
  const verb = verbs[request.method ?? ''];
  const isRead = verb === 'get' || verb === 'list';
  return isRead && flag(query, 'watch') ? 'watch' : verb;
}

const notAllowed = (context: RequestContext, what: string) =>
  new ApiError(
    'MethodNotAllowed',
    `the local cluster does not support ${what}; ${resourceName(
      context.kind,
    )} support ${context.kind.verbs.join(', ')}`,
  );

/** Answers one request for a stored kind. @throws ApiError */
export async function dispatch(context: RequestContext): Promise<Reply> {
  const { kind, subresource, request, namespace, name } = context;
  const what = `${request.method} of ${resourceName(kind)}${
    subresource ? `/${subresource}` : ''
  }`;
  const verb = verbOf(context);
  if (verb === undefined) throw notAllowed(context, what);
  if (subresource === 'log') {
    if (verb !== 'get') throw notAllowed(context, what);
    return log(context);
  }
  if (subresource !== undefined && !['get', 'update', 'patch'].includes(verb)) {
    throw notAllowed(context, what);
  }
  if (subresource === 'scale') return scale(context);
  if (!kind.verbs.includes(verb)) {
    throw notAllowed(context, `${verb} of ${resourceName(kind)}`);
  }
  if (
    kind.namespaced &&
    namespace === undefined &&
    (verb === 'create' || verb === 'deletecollection')
  ) {
    throw notAllowed(
      context,
      `${verb} of ${resourceName(kind)} without a namespace in the path${
        name ? ` for ${name}` : ''
      }`,
    );
  }
  if (READ.includes(verb)) kind.beforeRead?.(context);
  return HANDLERS[verb](context);
}
