import { ApiError } from '../../api-error.ts';

/** A Kubernetes `Status` of an error, as clients read it. */
export function statusOf(error: ApiError) {
  const { reason, code, message, details, metadata } = error;
  return {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: metadata ?? {},
    status: 'Failure',
    message,
    reason,
    ...(details ? { details } : {}),
    code,
  };
}

/** What went wrong here is told to the client without its stack, and to the log with it. */
export function toApiError(
  error: unknown,
  onUnexpected: (error: unknown) => void,
): ApiError {
  if (error instanceof ApiError) return error;
  onUnexpected(error);
  return new ApiError(
    'InternalError',
    `The local cluster failed at this request: ${
      error instanceof Error ? error.message : String(error)
    }. Its log says more`,
  );
}
