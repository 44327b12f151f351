/** What a Tsdb takes, and how long it keeps it how exactly. */
export interface TsdbLimits {
  /** Series that have samples within the retention. Beyond it new ones are dropped, counted and said. */
  series: number;
  labelsPerSeries: number;
  labelNameLength: number;
  labelValueLength: number;
  /** That one selector of a query may read. */
  samplesPerSelect: number;
  retentionMs: number;
  /** Samples lie in memory for at most this long, then in a block on disk. */
  headMs: number;
  /** Or until their log on disk is as large as this. */
  headBytes: number;
  /** Blocks older than this are thinned to one sample per slot. */
  thinAfterMs: number;
  thinSlotMs: number;
  /** So many blocks become one when they are thinned. */
  thinTogether: number;
}

const MINUTE_MS = 60_000;

export const TSDB_LIMITS: TsdbLimits = {
  series: 50_000,
  labelsPerSeries: 64,
  labelNameLength: 256,
  labelValueLength: 1024,
  samplesPerSelect: 3_000_000,
  retentionMs: 24 * 60 * MINUTE_MS,
  headMs: 20 * MINUTE_MS,
  headBytes: 32 * 1024 * 1024,
  thinAfterMs: 120 * MINUTE_MS,
  thinSlotMs: MINUTE_MS / 2,
  thinTogether: 3,
};
