import { KubernetesObject } from '@ghostlight/plugin-clusters-node';
import { z } from 'zod';
import { RenderedManifest } from '../manifests/renderManifests';
import { refOf } from './applyManifests';
import { DeploymentContext } from './DeploymentContext';

const serviceShape = z.object({
  spec: z.object({ ports: z.array(z.object({ port: z.number() })).min(1) }),
  status: z.object({
    loadBalancer: z.object({
      ingress: z
        .array(
          z.object({
            hostname: z.string().optional(),
            ip: z.string().optional(),
          }),
        )
        .min(1),
    }),
  }),
});

/** Where people reach the component, if a Service of it tells. */
export async function findAddress(
  ctx: DeploymentContext,
  manifests: readonly RenderedManifest[],
): Promise<string | undefined> {
  for (const { object } of manifests) {
    if (object.kind === 'Service') {
      const { environment } = ctx.deployment;
      const service = await ctx.cluster.get(environment, refOf(object));
      const address = service && addressOf(service);
      if (address) {
        return address;
      }
    }
  }
  return undefined;
}

/** By the load balancer of a Service, or by an annotation `<cluster>/url` with which a cluster tells where it answers. */
export function addressOf(service: KubernetesObject): string | undefined {
  const parsed = serviceShape.safeParse(service);
  if (parsed.success) {
    const [{ hostname, ip }] = parsed.data.status.loadBalancer.ingress;
    const [{ port }] = parsed.data.spec.ports;
    const host = hostname ?? ip;
    if (host) {
      return port === 80 ? `http://${host}` : `http://${host}:${port}`;
    }
  }
  const annotations = Object.entries(service.metadata.annotations ?? {});
  return annotations.find(
    ([key, value]) => key.endsWith('/url') && /^https?:\/\//.test(value),
  )?.[1];
}
