import { parseEntityRef } from '@backstage/catalog-model';
import { toastApiRef, useApi } from '@backstage/frontend-plugin-api';
import {
  LogView,
  Panel,
  reasonOf,
  saveText,
} from '@ghostlight/plugin-ghostlight-react';
import { healthApiRef } from '../../api';
import { LogStreamState, useLogStream } from '../../logs';

export interface LogsProps {
  entityRef: string;
  environment: string;
  /** Names of the replicas there are now. */
  replicas: readonly string[];
}

/** What all replicas write, live. */
export function Logs(props: LogsProps) {
  const { entityRef, environment, replicas } = props;
  const { name } = parseEntityRef(entityRef);
  const { log, state } = useLogStream(entityRef, environment);
  const healthApi = useApi(healthApiRef);
  const toastApi = useApi(toastApiRef);

  const download = async () => {
    try {
      saveText(
        `${name}-${environment}.log`,
        await healthApi.downloadLogs(entityRef, { environment, tail: 10_000 }),
      );
    } catch (error) {
      toastApi.post({
        title: `Could not download the logs of ${name}`,
        description: reasonOf(error).message,
        status: 'danger',
      });
    }
  };

  return (
    <Panel title="Logs" note="all replicas, newest at the end" flush>
      <LogView
        label={`Logs of ${name} in ${environment}`}
        log={log}
        sources={replicas}
        state={stateWords(state)}
        empty={
          state.kind === 'connecting'
            ? 'Connecting to the log.'
            : 'Nothing was written yet. New lines appear here by themselves.'
        }
        onDownload={download}
      />
    </Panel>
  );
}

function stateWords(state: LogStreamState): string {
  switch (state.kind) {
    case 'connecting':
      return 'Connecting';
    case 'live':
      return 'Live';
    case 'reconnecting':
      return `Interrupted (${state.reason}), trying again`;
    default:
      return `Ended: ${state.reason}`;
  }
}
