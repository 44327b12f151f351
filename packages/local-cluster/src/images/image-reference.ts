/** Names of images are those of repositories; no upper case, no slashes, no dots: they become folder names. */
export const IMAGE_NAME = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;
export const COMMIT_SHA = /^[0-9a-f]{40}$/;
const TAG = /^[0-9a-f]{12}$/;

export interface ImageReference {
  name: string;
  /** First 12 digits of the commit. */
  tag: string;
}

/** `name:tag` of this store; undefined for anything else, such as a reference to a registry. */
export function parseImageReference(image: string): ImageReference | undefined {
  const [name, tag, ...rest] = image.split(':');
  if (tag === undefined || rest.length > 0) return undefined;
  return IMAGE_NAME.test(name) && TAG.test(tag) ? { name, tag } : undefined;
}

export const tagOf = (sha: string) => sha.slice(0, 12);
