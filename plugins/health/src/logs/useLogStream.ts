import { useApi } from '@backstage/frontend-plugin-api';
import { LogBuffer, LogSnapshot } from '@ghostlight/plugin-ghostlight-react';
import { useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { healthApiRef } from '../api';
import { usePageVisible } from '../hooks';
import { LogStream, LogStreamState } from './LogStream';

/** Lines of the past to begin with, over all replicas. */
const tail = 500;

/** The log of all replicas in one environment, live while the page can be seen. */
export function useLogStream(
  entityRef: string,
  environment: string,
): { log: LogSnapshot; state: LogStreamState } {
  const healthApi = useApi(healthApiRef);
  const isVisible = usePageVisible();
  const [state, setState] = useState<LogStreamState>({ kind: 'connecting' });
  const { buffer, stream } = useMemo(() => {
    const lines = new LogBuffer();
    return {
      buffer: lines,
      stream: new LogStream({
        open: (lastEventId, signal) =>
          healthApi.streamLogs(
            entityRef,
            { environment, tail },
            { signal, lastEventId },
          ),
        buffer: lines,
        onState: setState,
        wait,
      }),
    };
  }, [healthApi, entityRef, environment]);

  useEffect(() => {
    if (!isVisible) {
      return undefined;
    }
    const abort = new AbortController();
    stream.run(abort.signal);
    return () => abort.abort();
  }, [stream, isVisible]);

  return {
    log: useSyncExternalStore(buffer.subscribe, buffer.getSnapshot),
    state,
  };
}

function wait(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
