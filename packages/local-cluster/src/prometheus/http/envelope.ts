import type { ServerResponse } from 'node:http';
import { QueryError } from '../types.ts';

/** A question that has no answer, as Prometheus says it. */
export class ApiProblem extends Error {
  readonly status: number;
  readonly errorType: string;

  constructor(status: number, errorType: string, message: string) {
    super(message);
    this.name = 'ApiProblem';
    this.status = status;
    this.errorType = errorType;
  }
}

export const badData = (message: string) =>
  new ApiProblem(400, 'bad_data', message);

/** 400 for what was asked wrongly, 422 for what cannot be computed, 503 for what takes too long. */
export function problemOf(error: unknown): ApiProblem | undefined {
  if (error instanceof ApiProblem) return error;
  if (!(error instanceof QueryError)) return undefined;
  const statuses = { bad_data: 400, execution: 422, timeout: 503 };
  return new ApiProblem(
    statuses[error.errorType],
    error.errorType,
    error.message,
  );
}

function send(response: ServerResponse, status: number, body: string): void {
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    'cache-control': 'no-store',
  });
  response.end(body);
}

/** @param data - JSON text */
export function sendData(
  response: ServerResponse,
  data: string,
  warnings: readonly string[] = [],
): void {
  const told =
    warnings.length > 0 ? `,"warnings":${JSON.stringify(warnings)}` : '';
  send(response, 200, `{"status":"success","data":${data}${told}}`);
}

export function sendProblem(
  response: ServerResponse,
  { status, errorType, message }: ApiProblem,
): void {
  send(
    response,
    status,
    JSON.stringify({ status: 'error', errorType, error: message }),
  );
}
