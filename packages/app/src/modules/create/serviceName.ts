import { REPOSITORY_NAME_PATTERN } from '@ghostlight/plugin-forge-common';

/** Who knows which names are taken. */
export type NameSources = {
  /** Whether the catalog has a component of this name. */
  isInCatalog(name: string): Promise<boolean>;
  /** Whether the forge has a repository of this name. */
  isInForge(name: string): Promise<boolean>;
};

/** What is wrong with the shape of a name, in words; undefined if nothing is. */
export function shapeProblem(name: string): string | undefined {
  if (REPOSITORY_NAME_PATTERN.test(name)) {
    return undefined;
  }
  if (name.length < 2) {
    return 'Use at least 2 characters.';
  }
  if (name.length > 50) {
    return `Use at most 50 characters; this has ${name.length}.`;
  }
  if (!/^[a-z]/.test(name)) {
    return 'Begin with a lower case letter.';
  }
  return 'Use lower case letters, digits and dashes only.';
}

/** Why a name cannot be used, in words; undefined if it is free. */
export async function nameProblem(
  name: string,
  sources: NameSources,
): Promise<string | undefined> {
  const shape = shapeProblem(name);
  if (shape) {
    return shape;
  }
  const [inCatalog, inForge] = await Promise.all([
    sources.isInCatalog(name),
    sources.isInForge(name),
  ]);
  if (inCatalog) {
    return `The catalog already has a component ${name}. Choose another name.`;
  }
  return inForge
    ? `The forge already has a repository ${name}. Choose another name.`
    : undefined;
}
