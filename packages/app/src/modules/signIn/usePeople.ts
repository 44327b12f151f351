import { discoveryApiRef, useApi } from '@backstage/core-plugin-api';
import { toError } from '@backstage/errors';
import { useEffect, useState } from 'react';
import { fetchPeople, type Person } from './people';

/** How soon the catalog is asked again while it knows nobody yet. */
const AGAIN_MS = 1_000;

export interface People {
  people?: Person[];
  error?: Error;
  retry: () => void;
}

/** Who may be chosen; keeps asking while a fresh catalog is still filling. */
export function usePeople(): People {
  const discovery = useApi(discoveryApiRef);
  const [attempt, setAttempt] = useState(0);
  const [state, setState] = useState<{ people?: Person[]; error?: Error }>({});

  useEffect(() => {
    const controller = new AbortController();
    let timer: number | undefined;
    const ask = async () => {
      try {
        const people = await fetchPeople(
          await discovery.getBaseUrl('auth'),
          controller.signal,
        );
        if (people.length > 0) {
          setState({ people });
          return;
        }
        timer = window.setTimeout(ask, AGAIN_MS);
      } catch (error) {
        if (!controller.signal.aborted) setState({ error: toError(error) });
      }
    };
    ask();
    return () => {
      controller.abort();
      window.clearTimeout(timer);
    };
  }, [discovery, attempt]);

  return {
    ...state,
    retry: () => {
      setState({});
      setAttempt(attempt + 1);
    },
  };
}
