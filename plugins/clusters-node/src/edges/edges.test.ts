import type { Entity } from '@backstage/catalog-model';
import { catalogEdges, mergeEdges, trafficEdges } from '.';

function entity(
  ref: string,
  relations: Array<[type: string, targetRef: string]>,
): Entity {
  const [kind, name] = ref.split(':default/');
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind,
    metadata: { name, namespace: 'default' },
    relations: relations.map(([type, targetRef]) => ({ type, targetRef })),
  };
}

const web = 'component:default/web';
const orders = 'component:default/orders';
const payments = 'component:default/payments';
const api = 'api:default/payments';

it('leads from the consumer of an API to its provider, and to what is depended on', () => {
  const consumer = entity(web, [
    ['dependsOn', orders],
    ['consumesApi', api],
    ['consumesApi', 'api:default/nobody-provides'],
    ['partOf', 'system:default/shop'],
  ]);
  const expected = [
    { from: web, to: orders, source: 'catalog' },
    { from: web, to: payments, source: 'catalog' },
  ];
  expect(
    catalogEdges([consumer, entity(payments, [['providesApi', api]])]),
  ).toEqual(expected);
  expect(
    catalogEdges([consumer, entity(api, [['apiProvidedBy', payments]])]),
  ).toEqual(expected);
  expect(
    catalogEdges([
      entity(payments, [
        ['providesApi', api],
        ['consumesApi', api],
      ]),
    ]),
  ).toEqual([]);
});

describe('traffic', () => {
  const owners: Record<string, string> = {
    web,
    'web-canary': web,
    orders,
  };
  const at = (name: string) => ({ namespace: 'shop', name });
  const seen = (
    from: string | undefined,
    to: string,
    requestsPerSecond: number,
    changes: object = {},
  ) => ({
    from: from === undefined ? undefined : at(from),
    to: at(to),
    requestsPerSecond,
    errorRatio: 0,
    seenAt: '2026-03-01T12:00:00.000Z',
    ...changes,
  });
  const edges = trafficEdges(
    [
      seen('web', 'orders', 3, { errorRatio: 0.1, p95Ms: 20 }),
      seen('web-canary', 'orders', 1, {
        errorRatio: 0.5,
        p95Ms: 80,
        seenAt: '2026-03-01T12:01:00.000Z',
      }),
      seen(undefined, 'web', 9),
      seen('somebody', 'web', 1),
      seen('web', 'a-database', 5),
      seen('web', 'web-canary', 5),
    ],
    ({ name }) => owners[name],
  );

  it('is that of entities: added up over their workloads, unknown callers as one', () => {
    expect(edges).toEqual([
      expect.objectContaining({
        from: 'unknown',
        to: web,
        requestsPerSecond: 10,
      }),
      {
        from: web,
        to: orders,
        source: 'traffic',
        requestsPerSecond: 4,
        errorRatio: expect.closeTo(0.2),
        p95Ms: 80,
        seenAt: '2026-03-01T12:01:00.000Z',
      },
    ]);
  });

  it('and the catalog make one edge of what both know', () => {
    expect(
      mergeEdges([
        { from: web, to: orders, source: 'catalog' },
        { from: web, to: payments, source: 'catalog' },
        ...edges,
      ]),
    ).toEqual([
      expect.objectContaining({
        from: web,
        to: orders,
        sources: ['catalog', 'traffic'],
        requestsPerSecond: 4,
        seenAt: '2026-03-01T12:01:00.000Z',
      }),
      { from: web, to: payments, sources: ['catalog'], seenAt: undefined },
      expect.objectContaining({ from: 'unknown', sources: ['traffic'] }),
    ]);
  });
});
