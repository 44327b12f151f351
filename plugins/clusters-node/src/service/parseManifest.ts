import { InputError } from '@backstage/errors';
import { z } from 'zod';
import type { KubernetesObject } from '../types';

/** The part of a Kubernetes object that must be right for it to be an object at all. */
export const objectSchema: z.ZodType<KubernetesObject> = z.looseObject({
  apiVersion: z.string().min(1),
  kind: z.string().min(1),
  metadata: z.looseObject({
    name: z.string().min(1),
    namespace: z.string().min(1).optional(),
    labels: z.record(z.string(), z.string()).optional(),
    annotations: z.record(z.string(), z.string()).optional(),
  }),
});

/** @throws `InputError` that names the field at fault */
export function parseManifest(manifest: unknown): KubernetesObject {
  const parsed = objectSchema.safeParse(manifest);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new InputError(
      `The manifest is not a Kubernetes object: ${
        issue.path.join('.') || 'the whole'
      }: ${issue.message}`,
    );
  }
  return parsed.data;
}
