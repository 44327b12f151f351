import type { PodView, PodViewState } from '@ghostlight/plugin-clusters-node';

const VERBS: Record<PodViewState, [one: string, many: string]> = {
  ready: ['is ready', 'are ready'],
  pending: ['is pending', 'are pending'],
  starting: ['is starting', 'are starting'],
  'not ready': ['is not ready', 'are not ready'],
  crashing: ['is crashing', 'are crashing'],
  failed: ['has failed', 'have failed'],
  terminating: ['is terminating', 'are terminating'],
  completed: ['has finished', 'have finished'],
  unknown: ['is out of sight', 'are out of sight'],
};

/** Most telling first. */
const ORDER: PodViewState[] = [
  'crashing',
  'failed',
  'not ready',
  'unknown',
  'pending',
  'starting',
  'completed',
  'terminating',
];

/** `orders-x2 is crashing: out of memory, next try in 8 s`, for the worst of these; undefined when all are ready. */
export function worstPodWords(pods: PodView[]): string | undefined {
  const state = ORDER.find(candidate =>
    pods.some(pod => pod.state === candidate),
  );
  if (!state) {
    return undefined;
  }
  const alike = pods.filter(pod => pod.state === state);
  const [example] = alike;
  const [one, many] = VERBS[state];
  const reason = example.notReadyReason ? `: ${example.notReadyReason}` : '';
  return alike.length === 1
    ? `${example.name} ${one}${reason}`
    : `${alike.length} replicas ${many}, for instance ${example.name}${reason}`;
}
