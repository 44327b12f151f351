import { useEffect } from 'react';
import { z } from 'zod';
import { firstSteps, type FirstStep } from '../facts/firstSteps';
import { useDeployments } from './useDeployments';
import { useRepositories } from './useRepositories';
import { useStored } from './useStored';

const doneSchema = z
  .array(z.enum(['create', 'run', 'health', 'push', 'revision']))
  .catch([]);

export interface FirstSteps {
  /** Missing until everything they are told from has been read. */
  steps?: FirstStep[];
  isDismissed: boolean;
  dismiss: () => void;
  bringBack: () => void;
}

/** This person's first steps. What was once seen done is written down. */
export function useFirstSteps(userRef: string | undefined): FirstSteps {
  const repositories = useRepositories();
  const deployments = useDeployments();
  const openedHealth = useStored('openedHealth');
  const done = useStored('firstStepsDone');
  const dismissed = useStored('firstStepsDismissed');

  const isReady =
    userRef && openedHealth.isKnown && done.isKnown && dismissed.isKnown;
  const remembered = doneSchema.parse(done.value ?? []);
  const steps =
    isReady && repositories.data && deployments.data
      ? firstSteps({
          userRef,
          repositories: repositories.data,
          deployments: deployments.data,
          openedHealth: openedHealth.value === true,
          remembered,
        })
      : undefined;

  const nowDone = steps?.filter(step => step.done).map(step => step.id) ?? [];
  const news = nowDone.some(id => !remembered.includes(id));
  const remember = done.set;
  const doneNow = nowDone.join(' ');
  useEffect(() => {
    if (news) remember(doneNow.split(' '));
  }, [news, doneNow, remember]);

  return {
    steps,
    isDismissed: dismissed.value === true,
    dismiss: () => dismissed.set(true),
    bringBack: () => dismissed.set(false),
  };
}
