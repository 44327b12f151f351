import { ButtonIcon, Link } from '@backstage/ui';
import { Loading, Panel } from '@ghostlight/plugin-ghostlight-react';
import {
  RiCheckboxBlankCircleLine,
  RiCheckboxCircleFill,
  RiCloseLine,
} from '@remixicon/react';
import type { FirstStep } from '../facts/firstSteps';
import { LineSkeletons } from './LineSkeletons';
import styles from './FirstSteps.module.css';

export interface FirstStepsProps {
  /** Missing while they are being read. */
  steps?: readonly FirstStep[];
  onDismiss: () => void;
}

/** What to try first; ticked off by what the portal knows, not by clicking. */
export function FirstSteps({ steps, onDismiss }: FirstStepsProps) {
  const done = steps?.filter(step => step.done).length ?? 0;
  const next = steps?.find(step => !step.done);
  return (
    <Panel
      title="First steps"
      note={steps && `${done} of ${steps.length} done`}
      actions={
        <ButtonIcon
          className={styles.dismiss}
          size="small"
          variant="tertiary"
          icon={<RiCloseLine aria-hidden />}
          aria-label="Put the first steps away"
          onPress={onDismiss}
        />
      }
    >
      {!steps && (
        <Loading label="Reading what you have done so far">
          <LineSkeletons count={5} />
        </Loading>
      )}
      {steps && (
        <ol className={styles.list}>
          {steps.map(step => (
            <li
              key={step.id}
              className={step.done ? styles.done : styles.step}
              aria-current={step === next ? 'step' : undefined}
            >
              {step.done ? (
                <RiCheckboxCircleFill
                  className={styles.tick}
                  aria-label="Done"
                  role="img"
                />
              ) : (
                <RiCheckboxBlankCircleLine
                  className={styles.open}
                  aria-label="To do"
                  role="img"
                />
              )}
              <div>
                {step.href && !step.done ? (
                  <Link href={step.href} variant="body-medium">
                    {step.title}
                  </Link>
                ) : (
                  <span className={styles.title}>{step.title}</span>
                )}
                {step === next && <p className={styles.hint}>{step.hint}</p>}
              </div>
            </li>
          ))}
        </ol>
      )}
    </Panel>
  );
}
