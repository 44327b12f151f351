import { createApiRef } from '@backstage/frontend-plugin-api';
import type { SignalApi } from '@backstage/plugin-signals-react';
import { QueryClient } from '@tanstack/react-query';

/** What the pages of the forge have read, refreshed by signals. */
export class ForgeCache {
  readonly client = new QueryClient({
    defaultOptions: { queries: { retry: 1, retryDelay: 500, staleTime: 5000 } },
  });
  #signals: SignalApi | undefined;

  /** Refreshes what signals tell of, from now on. Listening twice is listening once. */
  listenTo(signals: SignalApi): void {
    if (this.#signals === signals) return;
    this.#signals = signals;
    signals.subscribe('forge', message => {
      if (message.kind === 'repository' && typeof message.id === 'string') {
        this.refresh(message.id);
      }
    });
  }

  /** What is on screen of this repository is read again now, the rest when it is next shown. */
  refresh(repository: string): void {
    this.client.invalidateQueries({ queryKey: ['repositories'] });
    this.client.invalidateQueries({ queryKey: ['repository', repository] });
  }
}

export const forgeCacheApiRef = createApiRef<ForgeCache>().with({
  id: 'plugin.forge.cache',
  pluginId: 'forge',
});
