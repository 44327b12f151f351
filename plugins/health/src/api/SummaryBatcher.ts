import type {
  HealthApi,
  HealthSummary,
} from '@ghostlight/plugin-health-common';

/** The most refs the backend takes in one request. */
const mostRefs = 1000;
/** Long enough for all rows of a table to ask, too short to be seen. */
const gatherMs = 10;

interface Waiting {
  entityRef: string;
  resolve: (summary: HealthSummary | undefined) => void;
  reject: (error: unknown) => void;
}

/** Makes one request of what many parts of a page ask for at the same time. */
export class SummaryBatcher {
  readonly #healthApi: Pick<HealthApi, 'getSummaries'>;
  #waiting: Waiting[] = [];

  constructor(healthApi: Pick<HealthApi, 'getSummaries'>) {
    this.#healthApi = healthApi;
  }

  /** Undefined for an entity that does not exist or that the person may not see. */
  load(entityRef: string): Promise<HealthSummary | undefined> {
    return new Promise((resolve, reject) => {
      if (this.#waiting.length === 0) {
        setTimeout(() => this.#send(), gatherMs);
      }
      this.#waiting.push({ entityRef, resolve, reject });
    });
  }

  #send() {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (let from = 0; from < waiting.length; from += mostRefs) {
      this.#request(waiting.slice(from, from + mostRefs));
    }
  }

  async #request(waiting: Waiting[]) {
    const refs = [...new Set(waiting.map(({ entityRef }) => entityRef))];
    try {
      const summaries = await this.#healthApi.getSummaries(refs);
      waiting.forEach(({ entityRef, resolve }) =>
        resolve(summaries[entityRef]),
      );
    } catch (error) {
      waiting.forEach(({ reject }) => reject(error));
    }
  }
}
