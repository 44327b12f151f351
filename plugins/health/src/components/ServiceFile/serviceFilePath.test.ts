import { serviceFilePath } from './serviceFilePath';

const file = {
  state: 'invalid' as const,
  repository: 'orders',
  path: 'deploy/ghost light.yaml',
  sha: 'a1b2c3d',
};

it('leads to the line, at the commit that was read', () => {
  expect(serviceFilePath('/forge', file, 5)).toBe(
    '/forge/orders/file/deploy/ghost%20light.yaml?ref=a1b2c3d#L5',
  );
});

it('leads to the repository where there is no file yet', () => {
  expect(serviceFilePath('/forge', { ...file, state: 'missing' })).toBe(
    '/forge/orders',
  );
});

it('leads to a repository elsewhere by its own address', () => {
  const elsewhere = 'https://github.com/acme/orders';
  expect(serviceFilePath('/forge', { ...file, repository: elsewhere }, 5)).toBe(
    elsewhere,
  );
});

it('leads nowhere where there is neither forge nor repository', () => {
  expect(serviceFilePath(undefined, file)).toBeUndefined();
  expect(
    serviceFilePath('/forge', { ...file, repository: undefined }),
  ).toBeUndefined();
  // Of what a repository is named, only addresses are links.
  expect(
    serviceFilePath(undefined, {
      ...file,
      repository: 'ssh://git@forge.example/orders',
    }),
  ).toBeUndefined();
});
