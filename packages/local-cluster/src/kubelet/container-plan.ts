import { join } from 'node:path';
import type { KubeObject, ResolvedImage } from '../types.ts';
import {
  ContainerConfigError,
  declaredEnv,
  type EnvSources,
} from './env/container-env.ts';
import { baseEnv } from './env/base-env.ts';
import { CLUSTER_MARKER, POD_MARKER } from './processes/markers.ts';
import { expand } from './env/expand.ts';
import type { Container } from './pod-spec.ts';

export const POD_IP = '127.0.0.1';
/** What to run. */
export interface ContainerPlan {
  argv: string[];
  cwd: string;
  env: Record<string, string>;
}

/**
 * As with containers elsewhere: `command` replaces the image's entrypoint, `args` follow it.
 * @throws ContainerConfigError
 */
export function planContainer(options: {
  pod: KubeObject;
  container: Container;
  image: ResolvedImage;
  port: number;
  /** `<NAME>_SERVICE_HOST` and `_PORT` */
  services: Record<string, string>;
  sources: EnvSources;
  scratchDir: string;
  clusterId: string;
}): ContainerPlan {
  const { pod, container, image, port, sources, scratchDir } = options;
  const env = {
    ...declaredEnv({
      pod,
      container,
      podIp: POD_IP,
      ambient: {
        ...baseEnv(scratchDir),
        HOSTNAME: pod.metadata.name,
        ...options.services,
        PORT: String(port),
      },
      sources,
    }),
    // The Service sends its requests there, whatever the pod declares.
    PORT: String(port),
    [CLUSTER_MARKER]: options.clusterId,
    [POD_MARKER]: pod.metadata.uid,
  };
  const entrypoint =
    container.command.length > 0 ? container.command : image.command;
  if (entrypoint.length === 0) {
    throw new ContainerConfigError(
      `no command: give the container a command, or declare run.command in the ghostlight.yaml of ${container.image}`,
    );
  }
  return {
    argv: [...entrypoint, ...container.args].map(word => expand(word, env)),
    // The folder of the image is the container's root: "/app" means <folder>/app, and ".." ends there.
    cwd: join(image.directory, join('/', container.workingDir ?? '')),
    env,
  };
}
