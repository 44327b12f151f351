import { commitOf } from './commitOf';

const SHA = 'a1b2c3d4e5f6a7b8c9d0a1b2c3d4e5f6a7b8c9d0';
const facts = (changes: Partial<Parameters<typeof commitOf>[0]>) => ({
  labels: {},
  annotations: {},
  images: [],
  ...changes,
});

describe('commitOf', () => {
  it('believes the annotation first', () => {
    expect(
      commitOf(
        facts({
          annotations: { 'ghostlight.dev/commit': `orders@${SHA}` },
          images: ['other:0000000'],
        }),
      ),
    ).toEqual({ repo: 'orders', sha: SHA, via: 'annotation' });
  });

  it.each([
    [
      'the version label',
      {
        labels: { 'app.kubernetes.io/version': 'a1b2c3d4e5f6' },
        images: ['reg:5000/team/orders:1.2'],
      },
    ],
    [
      'the tag of the image',
      { images: ['reg:5000/team/orders:a1b2c3d4e5f6@sha256:00'] },
    ],
  ])('takes %s when it looks like a commit', (_, changes) => {
    expect(commitOf(facts(changes))).toEqual({
      repo: 'orders',
      sha: 'a1b2c3d4e5f6',
      via: 'image-tag',
    });
  });

  it.each([
    ['a version that is a number', { images: ['orders:1.2.3'] }],
    ['no tag', { images: ['reg:5000/orders'] }],
    ['nothing at all', {}],
    [
      'an annotation that is none',
      { annotations: { 'ghostlight.dev/commit': 'main' } },
    ],
  ])('does not guess from %s', (_, changes) => {
    expect(commitOf(facts(changes))).toBeUndefined();
  });
});
