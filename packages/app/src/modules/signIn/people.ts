import { ResponseError } from '@backstage/errors';
import { z } from 'zod';

const peopleSchema = z.object({
  people: z.array(
    z.object({
      ref: z.string(),
      name: z.string(),
      email: z.string().optional(),
      role: z.string().optional(),
      teams: z.array(z.object({ ref: z.string(), name: z.string() })),
    }),
  ),
});

/** Somebody one can choose to be. */
export type Person = z.infer<typeof peopleSchema>['people'][number];

/** Who may be chosen. Empty while the catalog is still reading its people. */
export async function fetchPeople(
  authUrl: string,
  signal: AbortSignal,
): Promise<Person[]> {
  const response = await fetch(`${authUrl}/development/people`, { signal });
  if (!response.ok) {
    throw await ResponseError.fromResponse(response);
  }
  return peopleSchema.parse(await response.json()).people;
}
