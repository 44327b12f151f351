import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { component } from '../__testUtils__/entities';
import { Access } from './Access';

it('asks the catalog for no more than it takes at once, and keeps the order', async () => {
  const catalog = catalogServiceMock({
    entities: [component('first'), component('last')],
  });
  const asked = jest.spyOn(catalog, 'getEntitiesByRefs');
  const access = new Access({
    permissions: mockServices.permissions(),
    catalog,
  });
  const refs = Array.from({ length: 1000 }, (_, n) =>
    `component:default/${n}-`.padEnd(400, 'x'),
  );
  refs[0] = 'component:default/first';
  refs[999] = 'component:default/last';

  const found = await access.visible(refs, mockCredentials.user());
  expect(found.map(entity => entity?.metadata.name)).toEqual([
    'first',
    ...Array.from({ length: 998 }, () => undefined),
    'last',
  ]);
  for (const [{ entityRefs }] of asked.mock.calls) {
    expect(JSON.stringify({ entityRefs }).length).toBeLessThan(90_000);
  }
});
