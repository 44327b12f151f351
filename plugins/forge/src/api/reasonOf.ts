import { ResponseError } from '@backstage/errors';

/** What the forge says went wrong, rather than the status of its answer. */
export function reasonOf(error: Error): Error {
  return error instanceof ResponseError && error.cause.message
    ? error.cause
    : error;
}
