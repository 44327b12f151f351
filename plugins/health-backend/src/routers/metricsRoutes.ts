import { HEALTH_WINDOWS } from '@ghostlight/plugin-health-common';
import { z } from 'zod';
import type { EntityMetrics } from '../metrics/EntityMetrics';
import { entityRefOf, read, whenGone, type Routes } from './request';

const metricsQuery = z.object({
  environment: z.string(),
  window: z.enum(HEALTH_WINDOWS),
  to: z.string().optional(),
});
const exportQuery = metricsQuery.extend({ format: z.enum(['csv', 'json']) });

/** HTTP of metrics; who may see what is decided by the service. */
export function metricsRoutes(options: {
  metrics: EntityMetrics;
  now: () => Date;
}): Routes {
  const { metrics, now } = options;
  return (router, caller) => {
    router.get(
      '/entities/:kind/:namespace/:name/metrics',
      async (request, response) => {
        const query = read(metricsQuery, request.query);
        response.json(
          await metrics.metrics(entityRefOf(request), query, {
            credentials: await caller(request),
            signal: whenGone(response),
          }),
        );
      },
    );

    router.get(
      '/entities/:kind/:namespace/:name/metrics/export',
      async (request, response) => {
        const { format, ...query } = read(exportQuery, request.query);
        const entityRef = entityRefOf(request);
        const asked = {
          credentials: await caller(request),
          signal: whenGone(response),
        };
        const file =
          format === 'csv'
            ? await metrics.csv(entityRef, query, asked)
            : JSON.stringify(
                await metrics.metrics(entityRef, query, asked),
                undefined,
                2,
              );
        const stamp = now().toISOString().slice(0, 19).replace(/:/g, '-');
        response.set({
          'Content-Type':
            format === 'csv'
              ? 'text/csv; charset=utf-8; header=present'
              : 'application/json; charset=utf-8',
          'Content-Disposition': `attachment; filename="${request.params.name}-${query.environment}-metrics-${stamp}.${format}"`,
          'X-Content-Type-Options': 'nosniff',
        });
        response.send(file);
      },
    );
  };
}
