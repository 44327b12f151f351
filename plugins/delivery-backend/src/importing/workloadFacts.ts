import { z } from 'zod';
import { KubernetesManifest } from '../manifests/parseManifests';

const strings = z.record(z.string(), z.string());

const deploymentSchema = z.looseObject({
  apiVersion: z.string(),
  kind: z.literal('Deployment'),
  metadata: z.looseObject({
    name: z.string(),
    namespace: z.string().optional(),
    labels: strings.optional(),
  }),
  spec: z.looseObject({
    selector: z.looseObject({ matchLabels: strings.optional() }).optional(),
    template: z.looseObject({
      spec: z.looseObject({
        containers: z.array(
          z.looseObject({
            image: z.string().optional(),
            env: z
              .array(
                z.looseObject({
                  name: z.string(),
                  value: z.string().optional(),
                }),
              )
              .optional(),
          }),
        ),
      }),
    }),
  }),
});

/** What an import wants to know of a Deployment. */
export type WorkloadFacts = {
  name: string;
  namespace?: string;
  labels: Record<string, string>;
  matchLabels: Record<string, string>;
  images: string[];
  /** Hosts that environment variables name, and which variable. */
  calls: Array<{ host: string; variable: string }>;
};

/** Undefined for what is no Deployment. */
export function workloadFacts(
  object: KubernetesManifest,
): WorkloadFacts | undefined {
  const parsed = deploymentSchema.safeParse(object);
  if (!parsed.success) {
    return undefined;
  }
  const { metadata, spec } = parsed.data;
  const { containers } = spec.template.spec;
  return {
    name: metadata.name,
    namespace: metadata.namespace,
    labels: metadata.labels ?? {},
    matchLabels: spec.selector?.matchLabels ?? {},
    images: containers.flatMap(({ image }) => image ?? []),
    calls: containers.flatMap(({ env = [] }) =>
      env.flatMap(({ name, value = '' }) => {
        // The first part of a DNS name in a cluster is the Service's.
        const host = /^https?:\/\/([a-z0-9][a-z0-9-]*)(?=[.:/]|$)/.exec(value);
        return host ? [{ host: host[1], variable: name }] : [];
      }),
    ),
  };
}
