import { formatPlural, StatusValue } from '@ghostlight/plugin-ghostlight-react';
import type { Alert, ObjectiveHealth } from '@ghostlight/plugin-health-common';
import { severityLooks, summaryParts } from '../Alerts/alertWords';
import { objectiveLooks } from '../Objectives/objectiveLooks';

export interface CardAnswer {
  look: { value: StatusValue; word: string };
  sentence: string;
}

const worstFirst: ObjectiveHealth['status'][] = [
  'breached',
  'at-risk',
  'unknown',
  'met',
];

/** What fires, else the objective that is worst off; undefined where nothing was ever promised and nothing fires. */
export function answerOf(
  alerts: readonly Alert[],
  objectives: readonly ObjectiveHealth[],
): CardAnswer | undefined {
  const alert = alerts.find(a => a.severity === 'critical') ?? alerts[0];
  if (alert) {
    const others = alerts.length - 1;
    const rest =
      others > 0 ? `, and ${formatPlural(others, 'more alert')}` : '';
    return {
      look: severityLooks[alert.severity],
      sentence: `${summaryParts(alert).join('')}${rest}.`,
    };
  }
  const [worst] = [...objectives].sort(
    (a, b) => worstFirst.indexOf(a.status) - worstFirst.indexOf(b.status),
  );
  if (!worst) {
    return undefined;
  }
  return {
    look: objectiveLooks[worst.status],
    sentence:
      worst.status === 'met' && objectives.length > 1
        ? `All ${objectives.length} objectives, and no alert fires.`
        : `${worst.slo.name}: ${worst.sentence}.`,
  };
}
