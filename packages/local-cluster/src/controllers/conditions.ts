import { z } from 'zod';

export const conditionSchema = z.object({
  type: z.string(),
  status: z.enum(['True', 'False', 'Unknown']),
  reason: z.string().optional(),
  message: z.string().optional(),
  lastUpdateTime: z.string().optional(),
  lastTransitionTime: z.string().optional(),
});

export type Condition = z.infer<typeof conditionSchema>;

export function condition(
  conditions: Condition[],
  type: string,
): Condition | undefined {
  return conditions.find(one => one.type === type);
}

/** As upstream: nothing changes while status and reason stay; the transition time only moves with the status. */
export function withCondition(
  conditions: Condition[],
  next: Omit<Condition, 'lastUpdateTime' | 'lastTransitionTime'>,
  now: string,
): Condition[] {
  const current = condition(conditions, next.type);
  if (current?.status === next.status && current.reason === next.reason) {
    return conditions;
  }
  return [
    ...conditions.filter(one => one.type !== next.type),
    {
      ...next,
      lastUpdateTime: now,
      lastTransitionTime:
        current?.status === next.status
          ? current.lastTransitionTime ?? now
          : now,
    },
  ];
}
