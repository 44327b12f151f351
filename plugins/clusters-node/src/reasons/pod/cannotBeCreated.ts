import type { ReasonRule } from '../PodFacts';

const REASONS: Record<string, string> = {
  CreateContainerConfigError: 'its configuration is not right',
  CreateContainerError: 'its container cannot be created',
  RunContainerError: 'its container cannot be started',
  PreCreateHookError: 'its container cannot be created',
  PostStartHookError: 'its start hook failed',
};

/** A missing secret or config map, a command that does not exist. */
export const cannotBeCreated: ReasonRule = {
  name: 'cannot be created',
  explain({ containers }) {
    for (const { state } of containers) {
      const reason = state?.waiting?.reason ?? '';
      if (Object.hasOwn(REASONS, reason)) {
        const detail = state?.waiting?.message;
        return {
          state: 'failed',
          words: detail ? `${REASONS[reason]}: ${detail}` : REASONS[reason],
          fatal: true,
        };
      }
    }
    return undefined;
  },
};
