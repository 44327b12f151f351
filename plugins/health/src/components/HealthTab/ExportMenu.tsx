import { parseEntityRef } from '@backstage/catalog-model';
import { toastApiRef, useApi } from '@backstage/frontend-plugin-api';
import { Button, Menu, MenuItem, MenuTrigger } from '@backstage/ui';
import { reasonOf, saveText } from '@ghostlight/plugin-ghostlight-react';
import type {
  ExportFormat,
  HealthWindow,
} from '@ghostlight/plugin-health-common';
import { RiDownloadLine } from '@remixicon/react';
import { useQuery } from '@tanstack/react-query';
import { healthApiRef } from '../../api';
import { useHealthQueries } from '../../hooks';
import { windowWords } from '../windowWords';

export interface ExportMenuProps {
  entityRef: string;
  environment: string;
  window: HealthWindow;
}

/** The numbers of the charts as a file; nothing where there are none to be had. */
export function ExportMenu(props: ExportMenuProps) {
  const { entityRef, environment, window } = props;
  const healthApi = useApi(healthApiRef);
  const toastApi = useApi(toastApiRef);
  const queries = useHealthQueries();
  const { name } = parseEntityRef(entityRef);
  // What the charts were told, without asking again.
  const { data } = useQuery(
    {
      ...queries.metrics(entityRef, environment, window),
      enabled: false,
    },
    queries.client,
  );
  if (data?.problem) {
    return null;
  }

  const save = async (format: ExportFormat) => {
    try {
      saveText(
        `${name}-${environment}-${windowWords(window).replace(
          ' ',
          '',
        )}.${format}`,
        await healthApi.exportMetrics(entityRef, {
          environment,
          window,
          format,
        }),
      );
    } catch (error) {
      toastApi.post({
        title: `Could not export the metrics of ${name}`,
        description: reasonOf(error).message,
        status: 'danger',
      });
    }
  };

  return (
    <MenuTrigger>
      <Button
        size="small"
        variant="secondary"
        iconStart={<RiDownloadLine aria-hidden />}
      >
        Export
      </Button>
      <Menu>
        <MenuItem onAction={() => save('csv')}>
          CSV, last {windowWords(window)}
        </MenuItem>
        <MenuItem onAction={() => save('json')}>
          JSON, last {windowWords(window)}
        </MenuItem>
      </Menu>
    </MenuTrigger>
  );
}
