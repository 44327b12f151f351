import type { Alert } from '@ghostlight/plugin-health-common';
import type { Condition } from './decideAlert';
import type { Observation } from './Observation';

interface Named {
  environment: string;
  kind: string;
  name: string;
}

/** An alert that fires, as far as an evaluation needs it. */
export interface OpenAlert extends Named {
  id: string;
  kind: Alert['kind'];
  side: Observation['side'];
  severity: Alert['severity'];
  threshold: number;
  worst?: number;
  lastSeenAt: number;
  isUnknown: boolean;
}

/** What one evaluation of one entity changes. Times are Unix milliseconds. */
export interface Outcome {
  conditions: Array<Named & { condition: Condition }>;
  forget: Named[];
  started: Array<{
    environment: string;
    observation: Observation;
    wrongSince: number;
    at: number;
  }>;
  seen: Array<{
    id: string;
    at: number;
    latest?: number;
    worst?: number;
    unknownSince?: number;
    /** The threshold or its severity is another now. */
    observation?: Observation;
    /** It was a warning, and is critical now. */
    escalated: boolean;
    /** Worth telling those who look at it. */
    isNews: boolean;
  }>;
  resolved: Array<{ id: string; at: number; resolution?: string }>;
}
