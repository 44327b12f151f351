import type { MetricMetadata } from '../scrape/metadata.ts';
import { REPORT_METADATA } from '../scrape/scrape-report.ts';
import type { Target } from '../scrape/target.ts';
import { badData } from './envelope.ts';
import { limitParameter } from './parameters.ts';
import type { ApiEndpoint } from './parts.ts';

const NEVER = '0001-01-01T00:00:00Z';
const STATES = ['', 'any', 'active', 'dropped'];

function targetJson({ job, labels, discoveredLabels, url, status }: Target) {
  return {
    discoveredLabels,
    labels,
    scrapePool: job,
    scrapeUrl: url,
    globalUrl: url,
    lastError: status.lastError,
    lastScrape:
      status.lastScrapeMs === undefined
        ? NEVER
        : new Date(status.lastScrapeMs).toISOString(),
    lastScrapeDuration: status.lastDurationSeconds,
    health: status.health,
  };
}

const targets: ApiEndpoint = {
  path: 'targets',
  methods: ['GET'],
  answer({ scraper }, parameters) {
    const state = parameters.get('state') ?? '';
    if (!STATES.includes(state)) {
      throw badData('invalid parameter "state": any, active or dropped');
    }
    const pool = parameters.get('scrapePool') ?? '';
    const interval = `${scraper.intervalMs / 1000}s`;
    const activeTargets =
      state === 'dropped'
        ? []
        : scraper
            .targets()
            .filter(({ job }) => pool === '' || job === pool)
            .map(target => ({
              ...targetJson(target),
              scrapeInterval: interval,
              scrapeTimeout: interval,
            }));
    return { data: JSON.stringify({ activeTargets, droppedTargets: [] }) };
  },
};

const metadata: ApiEndpoint = {
  path: 'metadata',
  methods: ['GET'],
  answer({ scraper }, parameters) {
    const limit = limitParameter(parameters);
    const metric = parameters.get('metric') || undefined;
    const found: Record<string, MetricMetadata[]> = {};
    const add = (name: string, entry: MetricMetadata) => {
      if (metric !== undefined && name !== metric) return;
      const known = Object.hasOwn(found, name) ? found[name] : undefined;
      if (!known) {
        if (limit === undefined || Object.keys(found).length < limit) {
          found[name] = [entry];
        }
      } else if (
        !known.some(
          ({ type, help }) => type === entry.type && help === entry.help,
        )
      )
        known.push(entry);
    };
    for (const target of scraper.targets()) {
      for (const [name, entry] of target.metadata()) add(name, entry);
    }
    for (const [name, entry] of Object.entries(REPORT_METADATA)) {
      add(name, { ...entry, unit: '' });
    }
    return { data: JSON.stringify(found) };
  },
};

const buildInfo: ApiEndpoint = {
  path: 'status/buildinfo',
  methods: ['GET'],
  answer: () => ({
    data: JSON.stringify({
      // Clients choose by it what they may ask; the answers are those of this release.
      version: '2.42.0',
      revision: 'local-cluster',
      branch: '',
      buildUser: '',
      buildDate: '',
      goVersion: '',
    }),
  }),
};

export const statusEndpoints: readonly ApiEndpoint[] = [
  targets,
  metadata,
  buildInfo,
];
