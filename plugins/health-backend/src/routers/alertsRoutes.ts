import { z } from 'zod';
import type { AlertService } from '../alerts/AlertService';
import { read, type Routes } from './request';

const queryBody = z.object({
  entityRefs: z.array(z.string()).optional(),
  environment: z.string().optional(),
  state: z.enum(['firing', 'resolved']).optional(),
  page: z.number().optional(),
  pageSize: z.number().optional(),
});
const acknowledgeParams = z.object({ id: z.string() });
const acknowledgeBody = z.object({ note: z.string().optional() });

/** HTTP of alerts; who may see and acknowledge what is decided by the service. */
export function alertsRoutes({ alerts }: { alerts: AlertService }): Routes {
  return (router, caller) => {
    router.post('/alerts/query', async (request, response) => {
      const query = read(queryBody, request.body);
      response.json(await alerts.list(query, await caller(request)));
    });

    router.post('/alerts/:id/acknowledge', async (request, response) => {
      const { id } = read(acknowledgeParams, request.params);
      const body = read(acknowledgeBody, request.body);
      response.json(await alerts.acknowledge(id, body, await caller(request)));
    });
  };
}
