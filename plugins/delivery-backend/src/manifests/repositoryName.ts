import { createHash } from 'node:crypto';
import { imageRepository } from './imageName';

/** A repository of the local forge is a plain name; one hosted elsewhere is `host/owner/name`. */
export function isHosted(repository: string): boolean {
  return repository.includes('/');
}

/** Name of the image that is built from a repository, without registry and tag. */
export function imageNameOf(repository: string): string {
  const name = repository.slice(repository.lastIndexOf('/') + 1);
  return name.toLocaleLowerCase('en-US');
}

/** Whether a container with this image runs what is built from the repository: `orders`, or `acme/orders` where that is its path. */
export function runsImageOf(repository: string, image: string): boolean {
  const wanted = imageRepository(image);
  const path = repository
    .slice(repository.indexOf('/') + 1)
    .toLocaleLowerCase('en-US');
  return wanted === imageNameOf(repository) || wanted === path;
}

/** The repository as the value of a label: no slashes, at most 63 characters, and two repositories never the same. */
export function repositoryLabelOf(repository: string): string {
  if (!isHosted(repository)) {
    return repository;
  }
  const hash = createHash('sha256').update(repository).digest('hex');
  const readable = repository.replace(/[^A-Za-z0-9.-]/g, '_').slice(-50);
  return `${readable.replace(/^[^A-Za-z0-9]+/, '')}-${hash.slice(0, 8)}`;
}
