import type { IncomingMessage, ServerResponse } from 'node:http';
import type { HttpExtension } from '../../types.ts';
import type { ApiParts } from '../requests/context.ts';
import type { ListSnapshots } from '../requests/list-snapshots.ts';

export interface HandlerParts extends ApiParts {
  extensions: HttpExtension[];
  snapshots: ListSnapshots;
  isAuthorized(request: IncomingMessage): boolean;
}

/** One request, its token checked. */
export interface Exchange extends HandlerParts {
  request: IncomingMessage;
  response: ServerResponse;
  url: URL;
  segments: string[];
}
