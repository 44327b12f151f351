/**
 * The repository part of an image reference: no registry, tag or digest.
 *
 * @remarks
 * The rule for the registry is that of the OCI reference grammar: the first segment is one if it has a dot or a colon,
 * or is `localhost`.
 */
export function imageRepository(image: string): string {
  const [withoutDigest] = image.split('@');
  const segments = withoutDigest.split('/');
  if (segments.length > 1 && /[.:]|^localhost$/.test(segments[0])) {
    segments.shift();
  }
  const last = segments.length - 1;
  segments[last] = segments[last].replace(/:.*$/, '');
  return segments.join('/');
}
