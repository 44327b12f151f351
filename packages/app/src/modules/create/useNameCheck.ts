import { useEffect, useState } from 'react';
import { nameProblem, NameSources, shapeProblem } from './serviceName';

const SETTLE_MS = 300;

export type NameCheck =
  | { state: 'empty' | 'checking' | 'free' }
  | { state: 'taken' | 'unknown'; text: string };

/** Checks a name while it is typed: its shape at once, whether it is free when the typing pauses. */
export function useNameCheck(name: string, sources: NameSources): NameCheck {
  const [answer, setAnswer] = useState<{ name: string; check: NameCheck }>();
  const shape = name === '' ? undefined : shapeProblem(name);
  const ask = name !== '' && shape === undefined;

  useEffect(() => {
    if (!ask) {
      return undefined;
    }
    let current = true;
    const timer = setTimeout(async () => {
      const check = await look(name, sources);
      if (current) {
        setAnswer({ name, check });
      }
    }, SETTLE_MS);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [ask, name, sources]);

  if (name === '') {
    return { state: 'empty' };
  }
  if (shape !== undefined) {
    return { state: 'taken', text: shape };
  }
  return answer?.name === name ? answer.check : { state: 'checking' };
}

async function look(name: string, sources: NameSources): Promise<NameCheck> {
  try {
    const problem = await nameProblem(name, sources);
    return problem ? { state: 'taken', text: problem } : { state: 'free' };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return {
      state: 'unknown',
      text: `Could not check whether ${name} is free (${why}); it is checked again when the repository is created.`,
    };
  }
}
