import { z } from 'zod';

/** An http or https URL, without trailing slash. */
export const httpUrl = z
  .string()
  .refine(value => /^https?:\/\/[^\s/]+/.test(value) && URL.canParse(value), {
    message: 'must be an http or https URL',
  })
  .transform(value => value.replace(/\/+$/, ''));
