import type { BrokenPart } from '@ghostlight/plugin-health-common';
import { decideAlert, GAP_MS, type Condition } from './decideAlert';
import { conditionKey, type Observation } from './Observation';
import type { OpenAlert, Outcome } from './Outcome';

/** What was seen in one environment of an entity. */
export interface SeenEnvironment {
  environment: string;
  /** Whether something runs there; undefined when its cluster is out of reach and nothing is known of before. */
  runs: boolean | undefined;
  observations: Observation[];
}

export interface EvaluationFacts {
  now: number;
  environments: SeenEnvironment[];
  /** Parts of `ghostlight.yaml` that cannot be read: what they say is not known, so nothing of them ends. */
  broken: BrokenPart[];
  /** Whether what is not in the file is known not to be in it. */
  isDefinite: boolean;
  conditions: ReadonlyMap<string, Condition>;
  open: OpenAlert[];
}

/** From what was seen and what is remembered to what changes. Pure. */
export function decideOutcome(facts: EvaluationFacts): Outcome {
  const { now, environments, conditions, open } = facts;
  const outcome: Outcome = {
    conditions: [],
    forget: [],
    started: [],
    seen: [],
    resolved: [],
  };
  const openByKey = new Map(open.map(alert => [conditionKey(alert), alert]));
  const watched = new Set<string>();
  for (const { environment, observations } of environments) {
    for (const observation of observations) {
      const { kind, name } = observation;
      const key = conditionKey({ environment, kind, name });
      watched.add(key);
      decideOne(outcome, {
        environment,
        observation,
        alert: openByKey.get(key),
        condition: conditions.get(key),
        now,
      });
    }
  }
  for (const alert of open) {
    if (!watched.has(conditionKey(alert))) {
      decideUnwatched(outcome, alert, facts);
    }
  }
  for (const key of conditions.keys()) {
    if (!watched.has(key) && !openByKey.has(key)) {
      const [environment, kind, name]: string[] = JSON.parse(key);
      outcome.forget.push({ environment, kind, name });
    }
  }
  return outcome;
}

function decideOne(
  outcome: Outcome,
  {
    environment,
    observation,
    alert,
    condition,
    now,
  }: {
    environment: string;
    observation: Observation;
    alert: OpenAlert | undefined;
    condition: Condition | undefined;
    now: number;
  },
): void {
  const { kind, name, reading, forMs } = observation;
  const decision = decideAlert({
    condition: condition ?? {},
    isOpen: alert !== undefined,
    wrong: reading?.wrong,
    forMs,
    now,
  });
  const named = { environment, kind, name };
  const next = decision.condition;
  if (decision.action === 'resolve' && alert) {
    outcome.resolved.push({ id: alert.id, at: now });
    outcome.forget.push(named);
    return;
  }
  if (decision.action === 'start') {
    const wrongSince = next.wrongSince ?? now;
    outcome.started.push({ environment, observation, wrongSince, at: now });
  }
  // Of what is well and always was nothing needs to be remembered.
  if (alert || next.wrongSince !== undefined) {
    outcome.conditions.push({ ...named, condition: next });
  } else if (condition) {
    outcome.forget.push(named);
  }
  if (alert) {
    outcome.seen.push(seen(alert, observation, now));
  }
}

function seen(
  alert: OpenAlert,
  observation: Observation,
  now: number,
): Outcome['seen'][number] {
  const { reading, side } = observation;
  if (!reading) {
    const isUnknown = now - alert.lastSeenAt > GAP_MS;
    return {
      id: alert.id,
      at: now,
      ...(isUnknown && { unknownSince: alert.lastSeenAt }),
      escalated: false,
      isNews: isUnknown !== alert.isUnknown,
    };
  }
  // The pair of burn rates that fires may change; while none does, it stays as it was.
  const isChanged =
    (observation.kind === 'threshold' || reading.wrong) &&
    (alert.threshold !== observation.threshold ||
      alert.severity !== observation.severity ||
      alert.side !== side);
  const worse = side === 'above' ? Math.max : Math.min;
  return {
    id: alert.id,
    at: now,
    latest: reading.value,
    worst:
      alert.worst === undefined
        ? reading.value
        : worse(alert.worst, reading.value),
    ...(isChanged && { observation }),
    escalated:
      isChanged &&
      alert.severity === 'warning' &&
      observation.severity === 'critical',
    isNews: isChanged || alert.isUnknown,
  };
}

/** It fires, and its threshold or its environment is not among what is watched. */
function decideUnwatched(
  outcome: Outcome,
  alert: OpenAlert,
  facts: EvaluationFacts,
): void {
  const { now, broken, isDefinite } = facts;
  const place = facts.environments.find(
    ({ environment }) => environment === alert.environment,
  );
  const end = (resolution: string) => {
    outcome.resolved.push({ id: alert.id, at: now, resolution });
    outcome.forget.push(alert);
  };
  if (!place) {
    end(`${alert.environment} is no environment of it any more`);
    return;
  }
  if (place.runs === false) {
    end(`nothing of it runs in ${alert.environment} any more`);
    return;
  }
  const section = alert.kind === 'threshold' ? 'alerts' : 'slos';
  const isBroken = broken.some(
    part =>
      part.section === undefined ||
      (part.section === section &&
        (part.name === undefined || part.name === alert.name)),
  );
  if (place.runs === undefined || isBroken || !isDefinite) {
    const isUnknown = now - alert.lastSeenAt > GAP_MS;
    outcome.seen.push({
      id: alert.id,
      at: now,
      ...(isUnknown && { unknownSince: alert.lastSeenAt }),
      escalated: false,
      isNews: isUnknown !== alert.isUnknown,
    });
    return;
  }
  end(
    alert.kind === 'threshold'
      ? 'its threshold was removed from ghostlight.yaml'
      : 'its objective was removed from ghostlight.yaml',
  );
}
