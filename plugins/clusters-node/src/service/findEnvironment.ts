import { NotFoundError } from '@backstage/errors';
import type { Environment } from '../types';

/** @throws `NotFoundError` that names the known ones */
export function findEnvironment(
  environments: Environment[],
  name: string,
): Environment {
  const environment = environments.find(known => known.name === name);
  if (!environment) {
    throw new NotFoundError(
      `There is no environment "${name}" (known: ${
        environments.map(known => known.name).join(', ') || 'none'
      })`,
    );
  }
  return environment;
}
