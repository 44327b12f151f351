import type { EnvironmentHealth } from '@ghostlight/plugin-health-common';
import { useSearchParams } from 'react-router-dom';
import { mostTellingFirst } from '../statusOrder';

export const environmentParameter = 'environment';

/**
 * The environment on show: the one named in the address, so that a link leads
 * to what its sender saw, else the one that needs a look most.
 */
export function useChosenEnvironment(
  environments: EnvironmentHealth[],
): [EnvironmentHealth | undefined, (name: string) => void] {
  const [search, setSearch] = useSearchParams();
  const named = search.get(environmentParameter);
  const chosen =
    environments.find(({ environment }) => environment.name === named) ??
    [...environments].sort(mostTellingFirst)[0];
  const choose = (name: string) =>
    setSearch(
      before => {
        const after = new URLSearchParams(before);
        after.set(environmentParameter, name);
        return after;
      },
      { replace: true },
    );
  return [chosen, choose];
}
