import { parseEntityRef } from '@backstage/catalog-model';

/** The page of an entity. */
export function entityPath(ref: string): string {
  const { kind, namespace, name } = parseEntityRef(ref);
  return `/catalog/${namespace}/${kind.toLocaleLowerCase('en-US')}/${name}`;
}

/** Its Health tab. */
export function healthPath(ref: string): string {
  return `${entityPath(ref)}/health`;
}

/** What an entity is called in running text. */
export function entityName(ref: string): string {
  return parseEntityRef(ref).name;
}

/** The forge. */
export const repositoriesPath = '/forge';

/** A repository in the forge. */
export function repositoryPath(name: string): string {
  return `${repositoriesPath}/${name}`;
}

/** A commit in the forge. */
export function commitPath(repository: string, sha: string): string {
  return `${repositoryPath(repository)}/commit/${sha}`;
}
