import { titleOf } from './titleOf';

it.each([
  ['/', ['Home']],
  ['/catalog', ['Catalog']],
  ['/catalog/default/component/orders', ['orders']],
  ['/catalog/default/component/orders/health', ['orders', 'Health']],
  [
    '/catalog/default/system/storefront/health-map',
    ['storefront', 'Health map'],
  ],
  ['/docs/default/component/orders/guide/start', ['orders', 'Guide', 'Docs']],
  ['/forge', ['Repositories']],
  ['/forge/orders', ['orders', 'Repositories']],
  ['/forge/orders/commits', ['orders', 'Commits', 'Repositories']],
  ['/forge/orders/file/src/main.js', ['src/main.js', 'orders', 'Repositories']],
  ['/forge/orders/commit/a1b2c3d4e5f6', ['a1b2c3d', 'orders', 'Repositories']],
  ['/forge/orders/changes/3', ['Change 3', 'orders', 'Repositories']],
  ['/create/templates/default/node-service', ['node-service', 'Create']],
  ['/create/tasks/0f3b', ['Tasks', 'Create']],
  ['/notifications', ['Notifications']],
  ['/catalog/default/component/caf%C3%A9', ['café']],
  ['/catalog/default/component/%E0%A4%A', ['%E0%A4%A']],
])('%s is about %j', (path, title) => {
  expect(titleOf(path)).toEqual(title);
});
