import { ConflictError, ResponseError } from '@backstage/errors';

/** What a remote error says in its own words, rather than its status. */
export function inWords(error: unknown): string {
  if (error instanceof ResponseError) {
    return error.cause.message;
  }
  return error instanceof Error ? error.message : String(error);
}

/** An error of a step that says what the step was doing, and why that failed. */
export function stepFailed(doing: string, error: unknown): Error {
  const message = `${doing}: ${inWords(error)}`;
  const conflict = error instanceof ResponseError && error.statusCode === 409;
  return conflict
    ? new ConflictError(message)
    : new Error(message, { cause: error });
}
