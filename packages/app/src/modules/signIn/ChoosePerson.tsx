import { Alert, Avatar, Button, Skeleton } from '@backstage/ui';
import styles from './ChoosePerson.module.css';
import type { Person } from './people';
import { SignInFrame } from './SignInFrame';

export interface ChoosePersonProps {
  people?: Person[];
  /** Who this browser was last. */
  last?: string;
  /** Who is being signed in right now. */
  entering?: string;
  /** What went wrong, in words, and what `onRetry` would do again. */
  problem?: { title: string; description: string; onRetry?: () => void };
  onChoose: (person: Person) => void;
}

/** Sign-in for development: everybody of the catalog, one button each. */
export function ChoosePerson(props: ChoosePersonProps) {
  const { people, last, entering, problem, onChoose } = props;
  return (
    <SignInFrame
      question="Choose who you are"
      note="Development only: no password is asked, and anybody who reaches this page can be anybody. Elsewhere people sign in with OIDC."
    >
      {problem && (
        <Alert
          className={styles.problem}
          status="danger"
          title={problem.title}
          description={problem.description}
          customActions={
            problem.onRetry && (
              <Button
                size="small"
                variant="secondary"
                onPress={problem.onRetry}
              >
                Try again
              </Button>
            )
          }
        />
      )}
      {!people && !problem && (
        <div className={styles.list} aria-busy aria-label="Reading the people">
          {[0, 1, 2, 3, 4].map(row => (
            <Skeleton key={row} className={styles.skeleton} />
          ))}
        </div>
      )}
      {people && (
        <ul className={styles.list}>
          {people.map(person => (
            <li key={person.ref}>
              <button
                type="button"
                className={styles.person}
                disabled={entering !== undefined}
                aria-busy={entering === person.ref}
                onClick={() => onChoose(person)}
              >
                <Avatar
                  src=""
                  name={person.name}
                  size="large"
                  purpose="decoration"
                />
                <span className={styles.words}>
                  <span className={styles.name}>{person.name}</span>
                  {person.role && (
                    <span className={styles.role}>{person.role}</span>
                  )}
                </span>
                <span className={styles.side}>
                  <span className={styles.team}>
                    {person.teams.map(team => team.name).join(', ')}
                  </span>
                  {person.ref === last && (
                    <span className={styles.last}>last time</span>
                  )}
                </span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </SignInFrame>
  );
}
