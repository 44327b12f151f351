import { InputError, ServiceUnavailableError } from '@backstage/errors';
import { envelopeSchema } from './envelope';

/** Prometheus' words for a question that is wrong, whoever asks it. */
const ASKED_WRONGLY = ['bad_data', 'execution'];

/** An error in the words of who answered it; of whatever is no answer of Prometheus', only the status. */
export function refusal(
  environment: string,
  statusCode: number,
  text: string,
): Error {
  const who = `The Prometheus of environment ${environment}`;
  const told = readError(text);
  if (told) {
    const words = told.error.slice(0, 500);
    return ASKED_WRONGLY.includes(told.errorType)
      ? new InputError(`${who} does not take the query: ${words}`)
      : new ServiceUnavailableError(
          `${who} could not answer (${told.errorType}): ${words}`,
        );
  }
  const key = 'ghostlight.environments[].prometheus';
  if (statusCode === 401 || statusCode === 403) {
    return new ServiceUnavailableError(
      `${who} does not let us in (${statusCode}): check ${key}.token and ${key}.headers`,
    );
  }
  if (statusCode >= 500) {
    return new ServiceUnavailableError(`${who} answered ${statusCode}`);
  }
  return new ServiceUnavailableError(
    `${who} answered ${statusCode}: is ${key}.url right? /api/v1/query is put after it`,
  );
}

function readError(
  text: string,
): { errorType: string; error: string } | undefined {
  try {
    const envelope = envelopeSchema.parse(JSON.parse(text));
    return envelope.status === 'error' ? envelope : undefined;
  } catch {
    // A proxy's page, or nothing: the status is all there is.
    return undefined;
  }
}
