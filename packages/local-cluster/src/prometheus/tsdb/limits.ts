/** What a Tsdb takes. Beyond it samples are dropped, counted and said. */
export interface TsdbLimits {
  /** Series that have samples within the retention. */
  series: number;
  labelsPerSeries: number;
  labelNameLength: number;
  labelValueLength: number;
  /** That one query may read. */
  samplesPerSelect: number;
}

export const TSDB_LIMITS: TsdbLimits = {
  series: 50_000,
  labelsPerSeries: 64,
  labelNameLength: 256,
  labelValueLength: 1024,
  samplesPerSelect: 5_000_000,
};
