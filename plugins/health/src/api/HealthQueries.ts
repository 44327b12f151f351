import { createApiRef } from '@backstage/frontend-plugin-api';
import {
  AlertQuery,
  HEALTH_SIGNAL_CHANNEL,
  HealthApi,
  HealthWindow,
} from '@ghostlight/plugin-health-common';
import type { SignalApi } from '@backstage/plugin-signals-react';
import {
  keepPreviousData,
  QueryClient,
  queryOptions,
} from '@tanstack/react-query';
import { refreshEveryMs } from './refreshEveryMs';
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
      if (typeof message.id !== 'string') {
        return;
      }
      if (message.kind === 'entity') {
        this.#refresh(message.id);
      }
      if (message.kind === 'alerts') {
        this.#refreshAlerts(message.id);
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

  /** Kept fresh at the rhythm of the window while it is shown and the page can be seen. */
  metrics(entityRef: string, environment: string, window: HealthWindow) {
    return queryOptions({
      queryKey: ['metrics', entityRef, environment, window],
      queryFn: ({ signal }) =>
        this.#healthApi.getMetrics(
          entityRef,
          { environment, window },
          { signal },
        ),
      refetchInterval: refreshEveryMs(window),
    });
  }

  objectives(entityRef: string, environment: string) {
    return queryOptions({
      queryKey: ['objectives', entityRef, environment],
      queryFn: ({ signal }) =>
        this.#healthApi.getObjectives(entityRef, environment, { signal }),
      // Budgets move slowly; what moves fast comes as a signal.
      refetchInterval: 30_000,
    });
  }

  comparison(entityRef: string, environment: string) {
    return queryOptions({
      queryKey: ['comparison', entityRef, environment],
      queryFn: ({ signal }) =>
        this.#healthApi.getComparison(entityRef, environment, { signal }),
      refetchInterval: 30_000,
    });
  }

  alerts(query: AlertQuery) {
    return queryOptions({
      queryKey: ['alerts', query],
      queryFn: ({ signal }) => this.#healthApi.listAlerts(query, { signal }),
      refetchInterval: fallbackRefetchMs,
      // The next page takes the place of this one when it is there.
      placeholderData: keepPreviousData,
    });
  }

  map(systemRef: string, environment: string, window: HealthWindow) {
    return queryOptions({
      queryKey: ['map', systemRef, environment, window],
      queryFn: ({ signal }) =>
        this.#healthApi.getMap(systemRef, { environment, window }, { signal }),
      refetchInterval: refreshEveryMs(window),
    });
  }

  /** After a change that this page made itself, whether a signal comes or not. */
  refreshAlerts(): void {
    this.client.invalidateQueries({ queryKey: ['alerts'] });
  }

  /** Only what is on screen is fetched again now, the rest when it is next shown. */
  #refresh(entityRef: string) {
    for (const kind of ['report', 'events', 'summary']) {
      // A fetch under way began before the change: it is not good enough.
      this.client.invalidateQueries({ queryKey: [kind, entityRef] });
    }
    // These take longer to answer: a replica that flaps must not keep them from ever coming.
    const kinds = [['metrics', entityRef], ['comparison', entityRef], ['map']];
    for (const queryKey of kinds) {
      this.client.invalidateQueries({ queryKey }, { cancelRefetch: false });
    }
  }

  /** What fires counts in the status too. */
  #refreshAlerts(entityRef: string) {
    for (const kind of ['objectives', 'report', 'summary']) {
      this.client.invalidateQueries({ queryKey: [kind, entityRef] });
    }
    this.client.invalidateQueries(
      { queryKey: ['map'] },
      { cancelRefetch: false },
    );
    this.client.invalidateQueries({
      predicate: ({ queryKey: [kind, query] }) =>
        kind === 'alerts' && concerns(query, entityRef),
    });
  }
}

/** Whether a query of alerts may hold some of this entity. */
function concerns(query: unknown, entityRef: string): boolean {
  if (typeof query !== 'object' || query === null) {
    return false;
  }
  return (
    !('entityRefs' in query) ||
    !Array.isArray(query.entityRefs) ||
    query.entityRefs.includes(entityRef)
  );
}

export const healthQueriesApiRef = createApiRef<HealthQueries>().with({
  id: 'plugin.health.queries',
  pluginId: 'health',
});
