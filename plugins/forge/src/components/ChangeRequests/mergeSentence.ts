import type { ChangeRequest } from '@ghostlight/plugin-forge-common';
import { formatPlural } from '@ghostlight/plugin-ghostlight-react';

/** What merging now would do, as one sentence. */
export function mergeSentence(request: ChangeRequest): string {
  const { source, target, state, merge } = request;
  if (state === 'merged') return `${source} was merged into ${target}.`;
  if (state === 'closed') return `This was closed without merging.`;
  switch (merge?.how) {
    case 'fast-forward':
      return `${target} moves on to ${source}; there is nothing to join.`;
    case 'merge commit':
      return `${target} and ${source} both went on; a merge commit joins them without conflict.`;
    case 'conflict':
      return `${source} cannot be merged: both branches changed ${formatPlural(
        merge.conflicts.length,
        'file',
      )} (${merge.conflicts.join(', ')}).`;
    case 'already merged':
      return `${target} has all of ${source} already.`;
    case 'branch is gone':
      return `${source} or ${target} is gone; push it again or close this.`;
    default:
      return `${source} asks to be merged into ${target}.`;
  }
}
