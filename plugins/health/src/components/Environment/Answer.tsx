import { Sentence } from '@ghostlight/plugin-ghostlight-react';
import type {
  EnvironmentHealth,
  HealthMetrics,
} from '@ghostlight/plugin-health-common';
import { useComparison } from '../../hooks';
import { lastDeployed, verdictClause } from '../Comparison';
import { trafficWords } from '../Metrics';
import { sentenceWords } from '../sentenceWords';
import { answerParts } from './answerParts';
import { FiringNow } from './FiringNow';

/** Is it healthy, what does it do, and was the last deploy to its good? */
export function Answer(props: {
  entityRef: string;
  health: EnvironmentHealth;
  /** As long as they are of now. */
  metrics: HealthMetrics | undefined;
  /** Where more of its alerts is told. */
  alertsId: string;
}) {
  const { entityRef, health, metrics, alertsId } = props;
  const comparison = useComparison(entityRef, health.environment.name);
  const last = lastDeployed(comparison.data);
  const { state, deploy } = answerParts(
    sentenceWords(health.sentence),
    last && verdictClause(last),
  );
  // Where the sentence tells of its requests, other numbers beside them would only contradict it.
  const traffic = !health.traffic && metrics && trafficWords(metrics);
  return (
    <Sentence
      status={health.status}
      aside={
        <FiringNow
          entityRef={entityRef}
          environment={health.environment.name}
          panelId={alertsId}
        />
      }
    >
      {state}
      {traffic && ' '}
      {traffic && (
        // These change every few seconds: a screen reader that told each change would never fall silent.
        <span aria-live="off">{`${unbroken(traffic)}.`}</span>
      )}
      {deploy && ` ${deploy}`}
    </Sentence>
  );
}

/** A figure and its unit stay on one line. */
function unbroken(words: string): string {
  return words.replace(/(\d) (?=[^\d\s])/g, '$1\u00a0');
}
