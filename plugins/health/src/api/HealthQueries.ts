import { createApiRef } from '@backstage/frontend-plugin-api';
import {
  HEALTH_SIGNAL_CHANNEL,
  HealthApi,
} from '@ghostlight/plugin-health-common';
import type { SignalApi } from '@backstage/plugin-signals-react';
import { QueryClient, queryOptions } from '@tanstack/react-query';
import { SummaryBatcher } from './SummaryBatcher';

/** Signals tell of changes; this catches those that were lost on the way. */
export const fallbackRefetchMs = 15_000;

/**
 * What the screens know of health: one cache for the tab, the card, the
 * catalog and the home page, refreshed by signals.
 */
export class HealthQueries {
  readonly client = new QueryClient({
    // A person looks at an error sooner than three silent attempts end.
    defaultOptions: { queries: { retry: 1, retryDelay: 500, staleTime: 5000 } },
  });
  readonly #healthApi: HealthApi;
  readonly #summaries: SummaryBatcher;

  #signals: SignalApi | undefined;

  constructor(options: { healthApi: HealthApi }) {
    this.#healthApi = options.healthApi;
    this.#summaries = new SummaryBatcher(options.healthApi);
  }

  /** Refreshes what signals tell of, from now on. Listening twice is listening once. */
  listenTo(signals: SignalApi): void {
    if (this.#signals === signals) {
      return;
    }
    this.#signals = signals;
    signals.subscribe(HEALTH_SIGNAL_CHANNEL, message => {
      if (message.kind === 'entity' && typeof message.id === 'string') {
        this.#refresh(message.id);
      }
    });
  }

  report(entityRef: string) {
    return queryOptions({
      queryKey: ['report', entityRef],
      queryFn: ({ signal }) => this.#healthApi.getReport(entityRef, { signal }),
    });
  }

  events(entityRef: string, environment: string) {
    return queryOptions({
      queryKey: ['events', entityRef, environment],
      queryFn: ({ signal }) =>
        this.#healthApi.getEvents(entityRef, environment, { signal }),
    });
  }

  summary(entityRef: string) {
    return queryOptions({
      queryKey: ['summary', entityRef],
      // The cache takes no undefined, hence the wrapping.
      queryFn: async () => ({
        summary: await this.#summaries.load(entityRef),
      }),
      staleTime: fallbackRefetchMs,
    });
  }

  /** Only what is on screen is fetched again now, the rest when it is next shown. */
  #refresh(entityRef: string) {
    for (const kind of ['report', 'events', 'summary']) {
      // A fetch under way began before the change: it is not good enough.
      this.client.invalidateQueries({ queryKey: [kind, entityRef] });
    }
  }
}

export const healthQueriesApiRef = createApiRef<HealthQueries>().with({
  id: 'plugin.health.queries',
  pluginId: 'health',
});
