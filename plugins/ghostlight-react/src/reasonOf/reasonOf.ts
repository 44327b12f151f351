import { isError, ResponseError } from '@backstage/errors';

/**
 * What the server says went wrong, rather than the status of its answer:
 * "Only owners of orders may do this" and not "Request failed with 403 Forbidden".
 */
export function reasonOf(error: unknown): Error {
  if (error instanceof ResponseError && error.cause.message) {
    return error.cause;
  }
  return isError(error) ? error : new Error(String(error));
}
