/** One try of a probe. */
export interface ProbeOutcome {
  ok: boolean;
  /** In words, for events and conditions. */
  message: string;
}

/** Never throws: what goes wrong is the outcome. */
export type ProbeCheck = (signal: AbortSignal) => Promise<ProbeOutcome>;

const NETWORK_WORDS: Record<string, string> = {
  ECONNREFUSED: 'connection refused',
  ECONNRESET: 'connection reset',
  EPIPE: 'connection reset',
};

export function networkError(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error ? String(error.code) : '';
  return NETWORK_WORDS[code] ?? error.message;
}
