import { Alert as Notice } from '@backstage/ui';
import type {
  EnvironmentHealth,
  HealthWindow,
} from '@ghostlight/plugin-health-common';
import { useSearchParams } from 'react-router-dom';
import { windowWords } from '../windowWords';
import { environmentParameter } from './useChosenEnvironment';
import { toWindow, windowParameter } from './useChosenWindow';

/** A word of an address may be of any length. */
const longestShown = 60;

/** Says that the address asks for what there is not, and what is shown in its place. */
export function OddAddress(props: {
  /** "this component" */
  of: string;
  environments: EnvironmentHealth[];
  chosen: EnvironmentHealth;
  window: HealthWindow;
}) {
  const { of, environments, chosen, window } = props;
  const [search] = useSearchParams();
  const named = search.get(environmentParameter);
  const span = search.get(windowParameter);
  const odd = [
    ...(named !== null &&
    environments.every(({ environment }) => environment.name !== named)
      ? [
          `There is no environment ${shown(named)} for ${of}; showing ${
            chosen.environment.name
          }.`,
        ]
      : []),
    ...(span !== null && !toWindow(span)
      ? [
          `There is no window ${shown(span)}; showing the last ${windowWords(
            window,
          )}.`,
        ]
      : []),
  ];
  return odd.length === 0 ? null : (
    <Notice status="warning" icon title={odd.join(' ')} />
  );
}

function shown(word: string): string {
  if (word === '') {
    return 'without a name';
  }
  return word.length > longestShown ? `${word.slice(0, longestShown)}…` : word;
}
