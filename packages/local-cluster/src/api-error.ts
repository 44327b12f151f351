import type { StatusReason } from './types.ts';

const CODES: Record<StatusReason, number> = {
  BadRequest: 400,
  Unauthorized: 401,
  Forbidden: 403,
  NotFound: 404,
  MethodNotAllowed: 405,
  NotAcceptable: 406,
  AlreadyExists: 409,
  Conflict: 409,
  Gone: 410,
  Expired: 410,
  RequestEntityTooLarge: 413,
  UnsupportedMediaType: 415,
  Invalid: 422,
  TooManyRequests: 429,
  InternalError: 500,
  NotImplemented: 501,
  ServiceUnavailable: 503,
};

/** An error that reaches the client as a Kubernetes `Status`. */
export class ApiError extends Error {
  readonly reason: StatusReason;
  readonly code: number;
  readonly details?: Record<string, unknown>;
  /** Of the `Status`: how to go on with a list that cannot be continued. */
  readonly metadata?: { continue: string };

  constructor(
    reason: StatusReason,
    message: string,
    details?: Record<string, unknown>,
    metadata?: { continue: string },
  ) {
    super(message);
    this.name = 'ApiError';
    this.reason = reason;
    this.code = CODES[reason];
    this.details = details;
    this.metadata = metadata;
  }
}
