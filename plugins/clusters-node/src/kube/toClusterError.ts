import {
  AuthenticationError,
  ConflictError,
  InputError,
  NotAllowedError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';
import { z } from 'zod';

const statusSchema = z.object({
  kind: z.literal('Status'),
  message: z.string().optional(),
});

/** What the cluster said no to. */
interface RefusedCall {
  method?: string;
  path: string;
}

/** Turns a refusal into the error of the same meaning, with the cluster's own words. */
export function toClusterError(
  cluster: string,
  statusCode: number,
  body: string,
  call: RefusedCall,
): Error {
  const message = `Cluster ${cluster} refused ${call.method ?? 'GET'} ${
    call.path
  } (${statusCode}): ${words(body)}`;
  switch (statusCode) {
    case 401:
      return new AuthenticationError(
        `Cluster ${cluster} does not accept its service account token`,
      );
    case 403:
      return new NotAllowedError(message);
    case 404:
      return new NotFoundError(message);
    case 409:
      return new ConflictError(message);
    default:
      return statusCode === 429 || statusCode >= 500
        ? new ServiceUnavailableError(
            `Cluster ${cluster} answered ${statusCode}: ${words(body)}`,
          )
        : new InputError(message);
  }
}

function words(body: string): string {
  try {
    const status = statusSchema.safeParse(JSON.parse(body));
    if (status.success && status.data.message) {
      return status.data.message;
    }
  } catch {
    // Not JSON: a proxy in between answered.
  }
  return body.replace(/\s+/g, ' ').trim().slice(0, 200) || 'no reason given';
}
