import { readFile } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { ServiceUnavailableError } from '@backstage/errors';
import { Agent, type Dispatcher } from 'undici';
import type { ClusterConfig } from '../config/ClustersConfig';
import { toClusterError } from './toClusterError';
import { unreachableReason } from './unreachableReason';

/** How long a cluster may take to accept a connection, to begin an answer and to end it. */
export interface HttpTimeouts {
  connectMs: number;
  answerMs: number;
}

interface Call {
  method?: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  path: string;
  query?: Record<string, string | number | boolean | undefined>;
  body?: { type: string; json: unknown };
  signal?: AbortSignal;
}

/** A token file is read again after this: Kubernetes rotates mounted tokens. */
const TOKEN_FILE_AGE_MS = 60_000;
const MAX_ERROR_BYTES = 64 * 1024;

/**
 * Requests to one Kubernetes API server, each limited in time.
 *
 * @remarks
 * On undici rather than `@kubernetes/client-node`, see README.md.
 */
export class ClusterHttp {
  readonly #cluster: ClusterConfig;
  readonly #timeouts: HttpTimeouts;
  readonly #agent: Agent;
  #fileToken: { value: string; readAt: number } | undefined;

  constructor(cluster: ClusterConfig, timeouts: HttpTimeouts) {
    this.#cluster = cluster;
    this.#timeouts = timeouts;
    this.#agent = new Agent({
      connect: {
        timeout: timeouts.connectMs,
        ca: cluster.ca,
        rejectUnauthorized: !cluster.skipTlsVerify,
      },
    });
  }

  /** @returns the parsed answer. Errors are those of {@link toClusterError} or `ServiceUnavailableError`. */
  async json(call: Call): Promise<unknown> {
    const limit = AbortSignal.timeout(this.#timeouts.answerMs);
    const signal = call.signal ? AbortSignal.any([call.signal, limit]) : limit;
    try {
      const { statusCode, body } = await this.#send({ ...call, signal });
      const text = await body.text();
      if (statusCode >= 300) {
        throw toClusterError(this.#cluster.name, statusCode, text, call);
      }
      return JSON.parse(text);
    } catch (error) {
      throw this.#explain(error, call, limit);
    }
  }

  /** A body that goes on until the server or `signal` ends it; only its beginning is limited in time. */
  async stream(call: Call & { signal: AbortSignal }): Promise<Readable> {
    const limit = new AbortController();
    const timer = setTimeout(() => limit.abort(), this.#timeouts.answerMs);
    try {
      const { statusCode, body } = await this.#send({
        ...call,
        signal: AbortSignal.any([call.signal, limit.signal]),
      });
      if (statusCode >= 300) {
        const text = await readStart(body, MAX_ERROR_BYTES);
        throw toClusterError(this.#cluster.name, statusCode, text, call);
      }
      return body;
    } catch (error) {
      throw this.#explain(error, call, limit.signal);
    } finally {
      clearTimeout(timer);
    }
  }

  async close(): Promise<void> {
    await this.#agent.destroy();
  }

  async #send(call: Call): Promise<Dispatcher.ResponseData> {
    const url = new URL(this.#cluster.url + call.path);
    for (const [name, value] of Object.entries(call.query ?? {})) {
      if (value !== undefined) {
        url.searchParams.set(name, String(value));
      }
    }
    return this.#agent.request({
      origin: url.origin,
      path: url.pathname + url.search,
      method: call.method ?? 'GET',
      headers: {
        accept: 'application/json',
        authorization: `Bearer ${await this.#token()}`,
        ...(call.body && { 'content-type': call.body.type }),
      },
      body: call.body && JSON.stringify(call.body.json),
      signal: call.signal,
      headersTimeout: 0,
      bodyTimeout: 0,
    });
  }

  async #token(): Promise<string> {
    if (this.#cluster.token !== undefined) {
      return this.#cluster.token;
    }
    if (
      !this.#fileToken ||
      Date.now() - this.#fileToken.readAt > TOKEN_FILE_AGE_MS
    ) {
      const value = await readFile(this.#cluster.tokenFile, 'utf8');
      this.#fileToken = { value: value.trim(), readAt: Date.now() };
    }
    return this.#fileToken.value;
  }

  #explain(error: unknown, call: Call, limit: AbortSignal): unknown {
    if (call.signal?.aborted) {
      return call.signal.reason;
    }
    if (limit.aborted) {
      return new ServiceUnavailableError(
        `Cluster ${this.#cluster.name} did not answer within ${
          this.#timeouts.answerMs / 1000
        } s`,
      );
    }
    const reason = unreachableReason(error);
    return reason === undefined
      ? error
      : new ServiceUnavailableError(
          `Cluster ${this.#cluster.name} cannot be reached: ${reason}`,
        );
  }
}

async function readStart(body: Readable, maxBytes: number): Promise<string> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of body) {
    parts.push(part);
    size += part.length;
    if (size >= maxBytes) {
      break;
    }
  }
  return Buffer.concat(parts).toString('utf8');
}
