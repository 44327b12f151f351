/** Words for the ways a connection fails; by Node's, OpenSSL's and undici's error codes. */
const REASONS: Record<string, string> = {
  ECONNREFUSED: 'nothing listens there (connection refused)',
  ECONNRESET: 'the connection was reset',
  EPIPE: 'the connection was closed',
  ENOTFOUND: 'its host name is not known',
  EAI_AGAIN: 'its host name could not be looked up',
  EHOSTUNREACH: 'there is no route to its host',
  ENETUNREACH: 'there is no route to its network',
  ETIMEDOUT: 'the connection timed out',
  ENOENT: 'the file with its service account token is missing',
  EACCES: 'the file with its service account token may not be read',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  DEPTH_ZERO_SELF_SIGNED_CERT:
    'its certificate is self-signed and not the configured authority',
  SELF_SIGNED_CERT_IN_CHAIN:
    'its certificate is not by the configured authority',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    'its certificate is not by the configured authority',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    'its certificate is not by the configured authority',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another host',
  ERR_SSL_WRONG_VERSION_NUMBER: 'it does not speak TLS there',
  ERR_SSL_PACKET_LENGTH_TOO_LONG: 'it does not speak TLS there',
  UND_ERR_CONNECT_TIMEOUT: 'it did not accept the connection in time',
  UND_ERR_SOCKET: 'the connection was closed while it answered',
  UND_ERR_RES_EXCEEDED_MAX_SIZE: 'its answer was too large',
  UND_ERR_CLOSED: 'the connection was closed',
  UND_ERR_DESTROYED: 'the connection was closed',
};

/** Why a request got no usable answer; undefined when the error is of another sort. */
export function unreachableReason(error: unknown): string | undefined {
  for (const cause of causes(error)) {
    if (cause.name === 'SyntaxError') {
      return 'it answered something that is not JSON';
    }
    const code = String(cause.code ?? '');
    if (Object.hasOwn(REASONS, code)) {
      return REASONS[code];
    }
    if (code.startsWith('UND_ERR_') || code.startsWith('HPE_')) {
      return `it did not answer in proper HTTP (${code})`;
    }
  }
  return undefined;
}

interface Cause {
  name?: unknown;
  code?: unknown;
  cause?: unknown;
  errors?: unknown;
}

/** The error, what caused it, and the attempts it sums up (a host name may have several addresses). */
function* causes(error: unknown, depth = 0): Generator<Cause> {
  if (typeof error !== 'object' || error === null || depth > 5) {
    return;
  }
  const current: Cause = error;
  yield current;
  if (Array.isArray(current.errors)) {
    for (const attempt of current.errors) {
      yield* causes(attempt, depth + 1);
    }
  }
  yield* causes(current.cause, depth + 1);
}
