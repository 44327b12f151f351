export interface ScrapeLimits {
  bodyBytes: number;
  /** Series of one target. */
  samplesPerScrape: number;
  /** Series of one part of the cluster itself, which speaks for all pods. */
  samplesPerProducer: number;
}

export const SCRAPE_LIMITS: ScrapeLimits = {
  bodyBytes: 10 * 1024 * 1024,
  samplesPerScrape: 5_000,
  samplesPerProducer: 30_000,
};
