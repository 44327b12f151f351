import { forgePaths } from './forgePaths';

it('paths carry branches with slashes and files with odd names', () => {
  const paths = forgePaths('/code/');
  expect(paths.repositories()).toBe('/code');
  expect(paths.tree('orders', '', 'fix/a b')).toBe(
    '/code/orders?ref=fix%2Fa+b',
  );
  expect(paths.file('orders', 'src/a#b?.ts')).toBe(
    '/code/orders/file/src/a%23b%3F.ts',
  );
  expect(paths.commits('orders', { path: 'src/x' })).toBe(
    '/code/orders/commits?path=src%2Fx',
  );
});

it('are where the portal has them unless told', () => {
  expect(forgePaths().commit('orders', 'abc')).toBe('/forge/orders/commit/abc');
});
