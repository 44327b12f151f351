import type { Readable } from 'node:stream';
import { ServiceUnavailableError } from '@backstage/errors';
import { Agent } from 'undici';
import { z } from 'zod';
import type { PrometheusConfig } from '../../config/MetricsConfig';
import { unreachableReason } from '../../kube/unreachableReason';
import {
  envelopeSchema,
  NotPrometheusError,
  seriesOf,
  type QueryData,
} from './envelope';
import { refusal } from './refusal';

/** More than that is no chart. */
const MAX_ANSWER_BYTES = 32 * 1024 * 1024;
const MAX_ERROR_BYTES = 64 * 1024;
const CONNECT_MS = 3_000;

/** A successful answer. */
export interface PrometheusAnswer {
  data: QueryData;
  /** What Prometheus says limits the answer. */
  warnings: string[];
  /** How long the answer was. */
  bytes: number;
}

class TooLargeError extends Error {}

/** Requests to one Prometheus, limited in time and size. */
export class PrometheusHttp {
  readonly #environment: string;
  readonly #config: PrometheusConfig;
  readonly #agent: Agent;

  constructor(
    environment: string,
    config: PrometheusConfig,
    options: { connections: number },
  ) {
    this.#environment = environment;
    this.#config = config;
    this.#agent = new Agent({
      connect: { timeout: Math.min(CONNECT_MS, config.timeoutMs) },
      connections: options.connections,
    });
  }

  /**
   * Asks by POST, so that long queries fit.
   *
   * @throws as `MetricSource` says
   */
  async post(
    operation: 'query' | 'query_range',
    parameters: Record<string, string>,
    signal: AbortSignal,
  ): Promise<PrometheusAnswer> {
    const limit = AbortSignal.timeout(this.#config.timeoutMs);
    try {
      return await this.#post(
        operation,
        parameters,
        AbortSignal.any([signal, limit]),
      );
    } catch (error) {
      signal.throwIfAborted();
      throw this.#explain(error, limit);
    }
  }

  async close(): Promise<void> {
    await this.#agent.destroy();
  }

  async #post(
    operation: string,
    parameters: Record<string, string>,
    signal: AbortSignal,
  ): Promise<PrometheusAnswer> {
    const { url, token, headers, timeoutMs } = this.#config;
    const target = new URL(`${url}/api/v1/${operation}`);
    const { statusCode, body } = await this.#agent.request({
      origin: target.origin,
      path: target.pathname,
      method: 'POST',
      headers: {
        ...headers,
        accept: 'application/json',
        'content-type': 'application/x-www-form-urlencoded',
        ...(token && { authorization: `Bearer ${token}` }),
      },
      body: new URLSearchParams({
        ...parameters,
        timeout: `${timeoutMs}ms`,
      }).toString(),
      signal,
      headersTimeout: 0,
      bodyTimeout: 0,
    });
    if (statusCode !== 200) {
      const text = await readUpTo(body, MAX_ERROR_BYTES).catch(() => '');
      throw refusal(this.#environment, statusCode, text);
    }
    const text = await readUpTo(body, MAX_ANSWER_BYTES);
    const envelope = envelopeSchema.parse(JSON.parse(text));
    if (envelope.status === 'error') {
      throw refusal(this.#environment, statusCode, text);
    }
    // Looked at here, so that a strange answer is told in the same words as others.
    seriesOf(envelope.data, 1);
    return {
      data: envelope.data,
      warnings: [...envelope.warnings, ...envelope.infos],
      bytes: text.length,
    };
  }

  #explain(error: unknown, limit: AbortSignal): unknown {
    const who = `The Prometheus of environment ${this.#environment}`;
    if (limit.aborted) {
      return new ServiceUnavailableError(
        `${who} did not answer within ${this.#config.timeoutMs / 1000} s`,
      );
    }
    if (error instanceof TooLargeError) {
      return new ServiceUnavailableError(
        `${who} answered more than ${
          MAX_ANSWER_BYTES / 1024 / 1024
        } MiB: ask for less at once`,
      );
    }
    if (error instanceof z.ZodError) {
      return new ServiceUnavailableError(
        `${who} answered JSON that is no answer of Prometheus'; is ghostlight.environments[].prometheus.url right?`,
      );
    }
    const reason =
      error instanceof NotPrometheusError
        ? error.message
        : unreachableReason(error);
    return reason === undefined
      ? error
      : new ServiceUnavailableError(`${who} cannot be used: ${reason}`);
  }
}

/** @throws TooLargeError as soon as it is more, whatever the server says its length is */
async function readUpTo(body: Readable, maxBytes: number): Promise<string> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of body) {
    size += part.length;
    if (size > maxBytes) {
      throw new TooLargeError();
    }
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}
