import type { IncomingMessage } from 'node:http';
import { service } from './service.ts';

export interface Answer {
  status: number;
  body: unknown;
}

export type Handler = (request: IncomingMessage, url: URL) => Answer | Promise<Answer>;

/** What this service answers: method and path to handler. */
export const routes: Record<string, Handler> = {
  'GET /': () => ({ status: 200, body: { service: service.name, version: service.version } }),
};
