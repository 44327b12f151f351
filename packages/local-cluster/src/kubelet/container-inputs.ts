import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { KubeObject, ResolvedImage } from '../types.ts';
import { type ContainerPlan, planContainer } from './container-plan.ts';
import { ContainerConfigError } from './env/container-env.ts';
import type { KubeletParts } from './parts.ts';
import type { Container } from './pod-spec.ts';

/** Everything there is to start a container, or why not yet: the reason and words of its waiting state. */
export type Inputs =
  | { plan: ContainerPlan; port: number; image: ResolvedImage }
  | { waiting: { reason: string; message: string } };

export const scratchDir = (dataDir: string, podUid: string) =>
  join(dataDir, 'pods', podUid);

export async function gatherInputs(
  parts: KubeletParts,
  pod: KubeObject,
  container: Container,
  formerPort: number | undefined,
): Promise<Inputs> {
  const { store, network, ports, dataDir, clusterId } = parts;
  const { namespace, name, uid, labels = {} } = pod.metadata;
  const image = parts.images.resolve(container.image);
  if (!image) {
    return {
      waiting: {
        reason: 'ErrImagePull',
        message: `image "${container.image}" not found in the image store: build it with POST /images`,
      },
    };
  }
  try {
    const identity = { namespace: namespace ?? '', name, uid, labels };
    const services = await network.attach(identity);
    const port = await ports.take(uid, formerPort);
    const scratch = scratchDir(dataDir, uid);
    await mkdir(scratch, { recursive: true });
    const plan = planContainer({
      pod,
      container,
      image,
      port,
      services,
      sources: {
        find: (kind, object) =>
          store.get({ apiVersion: 'v1', kind, namespace, name: object }),
      },
      scratchDir: scratch,
      clusterId,
    });
    return { plan, port, image };
  } catch (error) {
    return {
      waiting: {
        reason:
          error instanceof ContainerConfigError
            ? 'CreateContainerConfigError'
            : 'CreateContainerError',
        message: error instanceof Error ? error.message : String(error),
      },
    };
  }
}
