import { z } from 'zod';

/** What a thing is called in rows, alerts and sentences. */
export const nameSchema = z
  .string({ error: 'must be a text; put it in quotes' })
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9 ._-]{0,62}$/,
    'must be 1 to 63 letters, digits, spaces, ".", "_" or "-"',
  );

export const descriptionSchema = z
  .string({ error: 'must be a text' })
  .max(500, 'must have at most 500 characters')
  .optional()
  .meta({
    title: 'Description',
    description: 'Why it is so, for people.',
  });
