import { ResponseError } from '@backstage/errors';

/** What an error says; of a remote one its own words rather than its status. */
export function inWords(error: unknown): string {
  if (error instanceof ResponseError) {
    return error.cause.message;
  }
  return error instanceof Error ? error.message : String(error);
}
