import { z } from 'zod';
import { Manifest } from './parseManifests';

const HOST_FLAGS = ['hostNetwork', 'hostPID', 'hostIPC'] as const;

const shape = z.looseObject({
  hostNetwork: z.boolean().optional(),
  hostPID: z.boolean().optional(),
  hostIPC: z.boolean().optional(),
  volumes: z.array(z.looseObject({ hostPath: z.unknown() })).optional(),
  containers: z.array(
    z.looseObject({
      name: z.string(),
      securityContext: z
        .looseObject({ privileged: z.boolean().optional() })
        .optional(),
    }),
  ),
});

/**
 * What a pod asks of the machine below it that a component must not have: the "baseline" level of the Kubernetes pod
 * security standards, as far as it reaches out of the pod.
 */
export function podProblems(manifest: Manifest, podSpec: unknown): string[] {
  const base = ['spec', 'template', 'spec'];
  const at = (...path: Array<string | number>) =>
    `${manifest.file}:${manifest.lineOf([...base, ...path])}`;
  const parsed = shape.safeParse(podSpec);
  if (!parsed.success) {
    return parsed.error.issues.map(issue => {
      const path = issue.path.map(key => (typeof key === 'symbol' ? '' : key));
      return `${at(...path)}: ${[...base, ...path].join('.')}: ${
        issue.message
      }`;
    });
  }
  const pod = parsed.data;
  const problems = HOST_FLAGS.filter(flag => pod[flag]).map(
    flag => `${at(flag)}: ${flag} reaches out of the pod and is refused`,
  );
  pod.volumes?.forEach((volume, index) => {
    if (volume.hostPath !== undefined) {
      problems.push(
        `${at(
          'volumes',
          index,
        )}: a hostPath volume reaches out of the pod and is refused`,
      );
    }
  });
  pod.containers.forEach((each, index) => {
    if (each.securityContext?.privileged) {
      problems.push(
        `${at('containers', index, 'securityContext')}: container ${
          each.name
        } asks to be privileged, which is refused`,
      );
    }
  });
  return problems;
}
