import { z } from 'zod';
import type { PodFacts, Terminated } from './pod-status.ts';

const terminatedSchema = z.object({
  exitCode: z.number(),
  signal: z.number().optional(),
  reason: z.string().default('Unknown'),
  message: z.string().optional(),
  startedAt: z.string().optional(),
  finishedAt: z.string(),
  containerID: z.string().optional(),
});

const formerSchema = z.looseObject({
  phase: z.string().optional(),
  startTime: z.string().optional(),
  containerStatuses: z
    .array(
      z.looseObject({
        restartCount: z.number(),
        state: z
          .looseObject({
            running: z.looseObject({ startedAt: z.string() }).optional(),
            terminated: terminatedSchema.optional(),
          })
          .default({}),
        lastState: z
          .looseObject({ terminated: terminatedSchema.optional() })
          .default({}),
      }),
    )
    .default([]),
});

/** What is known of a pod when the kubelet first sees it. */
export type FirstSight =
  /** It ended before; its status stays as it is. */
  { ended: true } | { ended: false; facts: PodFacts };

/**
 * A pod whose process was running when the cluster ended is treated as Kubernetes treats one whose node was rebooted: the same pod, its
 * container started once more, the end of the former one of unknown cause.
 */
export function firstSight(status: unknown, now: string): FirstSight {
  const former = formerSchema.safeParse(status ?? {});
  const { phase, startTime, containerStatuses } = former.success
    ? former.data
    : { phase: undefined, startTime: undefined, containerStatuses: [] };
  if (phase === 'Succeeded' || phase === 'Failed') return { ended: true };
  const [container] = containerStatuses;
  const lost: Terminated | undefined = container?.state.running && {
    exitCode: 255,
    reason: 'Unknown',
    message: 'the local cluster ended while the container was running',
    startedAt: container.state.running.startedAt,
    finishedAt: now,
  };
  const terminated =
    lost ?? container?.state.terminated ?? container?.lastState.terminated;
  return {
    ended: false,
    facts: {
      phase: 'Pending',
      startTime: startTime ?? now,
      state: { waiting: { reason: 'ContainerCreating' } },
      lastState: terminated && { terminated },
      ready: false,
      started: false,
      restartCount: (container?.restartCount ?? 0) + (terminated ? 1 : 0),
    },
  };
}
