/**
 * Signals channel on which changes of health are broadcast.
 *
 * @public
 */
export const HEALTH_SIGNAL_CHANNEL = 'health';

/**
 * What a signal on {@link HEALTH_SIGNAL_CHANNEL} carries: whose health changed, or whose alerts. Refetch to learn how.
 *
 * @public
 */
export type HealthSignal = {
  kind: 'entity' | 'alerts';
  /** Entity ref in its canonical lower case, `component:default/orders`. */
  id: string;
  /** Grows with every change; of use only to tell two signals apart. */
  version: number;
};
