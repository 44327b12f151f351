import { fileOfLink } from './fileOfLink';

it.each([
  ['README.md', 'src/cache.ts', 'src/cache.ts'],
  ['docs/index.md', 'other.md', 'docs/other.md'],
  ['docs/index.md', '../src/a b.ts', 'src/a b.ts'],
  ['README.md', 'a.md#part', 'a.md'],
  ['docs/index.md', '/src/cache.ts', 'src/cache.ts'],
  ['README.md', '../../../etc/passwd', 'etc/passwd'],
])('in %s the link %s means the file %s', (document, href, file) => {
  expect(fileOfLink(document, href)).toBe(file);
});

it.each(['https://example.com', 'mailto:a@b.c', '#part', 'data:text/html,x'])(
  'the link %s means no file',
  href => {
    expect(fileOfLink('README.md', href)).toBeUndefined();
  },
);
