import { discoveryApiRef, useApi } from '@backstage/core-plugin-api';
import { toError } from '@backstage/errors';
import type { SignInPageProps } from '@backstage/plugin-app-react';
import { Progress } from '@backstage/core-components';
import { useCallback, useEffect, useState } from 'react';
import { ChoosePerson } from './ChoosePerson';
import { chosenPerson } from './chosenPerson';
import { DevelopmentIdentity } from './DevelopmentIdentity';
import { usePeople } from './usePeople';

type Stage =
  | { step: 'choosing'; failed?: { title: string; description: string } }
  | { step: 'entering'; ref: string; again: boolean };

/** Signs in as whoever is chosen, and again as the same person after a reload. */
export function DevelopmentSignIn({ onSignInSuccess }: SignInPageProps) {
  const discovery = useApi(discoveryApiRef);
  const { people, error, retry } = usePeople();
  const [progress, setProgress] = useState<Stage>(() => {
    const ref = chosenPerson.signedIn();
    return ref ? { step: 'entering', ref, again: true } : { step: 'choosing' };
  });
  const entering = progress.step === 'entering' ? progress.ref : undefined;

  const enter = useCallback(
    async (ref: string) => {
      const identity = new DevelopmentIdentity({
        person: ref,
        baseUrl: () => discovery.getBaseUrl('auth'),
        onSignOut: chosenPerson.signOut,
      });
      await identity.start();
      chosenPerson.signIn(ref);
      onSignInSuccess(identity);
    },
    [discovery, onSignInSuccess],
  );

  useEffect(() => {
    if (!entering) return;
    enter(entering).catch((failure: unknown) => {
      chosenPerson.signOut();
      setProgress({
        step: 'choosing',
        failed: {
          title: `Signing in as ${entering} failed`,
          description: `${toError(failure).message}. Choose again.`,
        },
      });
    });
  }, [enter, entering]);

  // After a reload there is nothing to ask unless signing in again fails.
  if (progress.step === 'entering' && progress.again) {
    return <Progress />;
  }

  const problem =
    progress.step === 'choosing' && progress.failed
      ? progress.failed
      : error && {
          title: 'The people could not be read',
          description: `${error.message}. The backend may still be starting.`,
          onRetry: retry,
        };

  return (
    <ChoosePerson
      people={people}
      last={chosenPerson.last()}
      entering={entering}
      problem={problem}
      onChoose={person =>
        setProgress({ step: 'entering', ref: person.ref, again: false })
      }
    />
  );
}
