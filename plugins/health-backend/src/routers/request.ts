import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { InputError, isError } from '@backstage/errors';
import type { ErrorRequestHandler, Request, Response, Router } from 'express';
import { z } from 'zod';

/** Who asks; anonymous requests are refused. */
export type Caller = (request: Request) => Promise<BackstageCredentials>;

/** Adds the operations of one part of Health to the router that checks requests against openapi.yaml. */
export type Routes = (router: Router, caller: Caller) => void;

const entityParams = z.object({
  kind: z.string(),
  namespace: z.string(),
  name: z.string(),
});

/** The entity that the path names. */
export function entityRefOf(request: Request): string {
  return stringifyEntityRef(read(entityParams, request.params));
}

/** @throws `InputError` that says what is wrong with the input */
export function read<T>(schema: z.ZodType<T>, input: unknown): T {
  const parsed = schema.safeParse(input);
  if (!parsed.success) {
    throw new InputError(z.prettifyError(parsed.error));
  }
  return parsed.data;
}

/** Aborted when the caller has left. */
export function whenGone(response: Response): AbortSignal {
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  return gone.signal;
}

/** A caller who left is told nothing, and that what they asked for was given up is no failure. */
export const endQuietlyWhenGone: ErrorRequestHandler = (
  error,
  _request,
  response,
  next,
) => {
  const isGone = response.closed && !response.writableFinished;
  if (!isGone || !isError(error) || error.name !== 'AbortError') {
    next(error);
  }
};
