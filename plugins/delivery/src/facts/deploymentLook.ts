import type { Deployment } from '@ghostlight/plugin-delivery-common';
import type { StatusValue } from '@ghostlight/plugin-ghostlight-react';

const LOOKS: Record<Deployment['state'], { value: StatusValue; word: string }> =
  {
    queued: { value: 'running', word: 'Queued' },
    building: { value: 'running', word: 'Building' },
    applying: { value: 'running', word: 'Applying' },
    'rolling out': { value: 'running', word: 'Rolling out' },
    succeeded: { value: 'done', word: 'Deployed' },
    failed: { value: 'failing', word: 'Failed' },
    superseded: { value: 'aborted', word: 'Superseded' },
  };

/** Icon, word and colour of where a deployment stands. */
export function deploymentLook({ state }: Pick<Deployment, 'state'>) {
  return LOOKS[state];
}
