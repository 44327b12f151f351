import { Buffer } from 'node:buffer';
import type { KubeObject } from '../../types.ts';
import type { Container } from '../pod-spec.ts';
import { expand } from './expand.ts';

/** A variable's source is missing: the pod waits with reason CreateContainerConfigError until it is there. */
export class ContainerConfigError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ContainerConfigError';
  }
}

export interface EnvSources {
  /** A ConfigMap or Secret of the pod's namespace. */
  find(kind: 'ConfigMap' | 'Secret', name: string): KubeObject | undefined;
}

interface EnvContext {
  pod: KubeObject;
  podIp: string;
  sources: EnvSources;
}

const VARIABLE = /^[-._a-zA-Z][-._a-zA-Z0-9]*$/;

/** Values of a ConfigMap as they are, of a Secret decoded. */
function dataOf(object: KubeObject): Record<string, string> {
  const { data } = object;
  if (typeof data !== 'object' || data === null) return {};
  return Object.fromEntries(
    Object.entries(data).flatMap(([key, value]) =>
      typeof value === 'string'
        ? [
            [
              key,
              object.kind === 'Secret'
                ? Buffer.from(value, 'base64').toString()
                : value,
            ],
          ]
        : [],
    ),
  );
}

function source(
  sources: EnvSources,
  kind: 'ConfigMap' | 'Secret',
  ref: { name: string; optional: boolean },
): Record<string, string> | undefined {
  const object = sources.find(kind, ref.name);
  if (object) return dataOf(object);
  if (ref.optional) return undefined;
  throw new ContainerConfigError(
    `${kind.toLowerCase()} "${ref.name}" not found`,
  );
}

function oneKey(
  sources: EnvSources,
  kind: 'ConfigMap' | 'Secret',
  ref: { name: string; key: string; optional: boolean },
): string | undefined {
  const data = source(sources, kind, ref);
  if (!data) return undefined;
  const value = data[ref.key];
  if (value === undefined && !ref.optional) {
    throw new ContainerConfigError(
      `couldn't find key ${ref.key} in ${kind} ${ref.name}`,
    );
  }
  return value;
}

function field(pod: KubeObject, path: string, podIp: string): string {
  const { name, namespace = '', uid, labels, annotations } = pod.metadata;
  const fields: Record<string, string> = {
    'metadata.name': name,
    'metadata.namespace': namespace,
    'metadata.uid': uid,
    'spec.nodeName': 'local',
    'status.podIP': podIp,
    'status.hostIP': podIp,
  };
  const [, map, key] =
    /^metadata\.(labels|annotations)\['([^']+)'\]$/.exec(path) ?? [];
  const value = map
    ? (map === 'labels' ? labels : annotations)?.[key] ?? ''
    : fields[path];
  if (value === undefined) {
    throw new ContainerConfigError(
      `fieldRef ${path} is not supported; supported are ${Object.keys(
        fields,
      ).join(
        ', ',
      )}, metadata.labels['<key>'] and metadata.annotations['<key>']`,
    );
  }
  return value;
}

function valueOf(
  from: NonNullable<Container['env'][number]['valueFrom']>,
  { pod, podIp, sources }: EnvContext,
): string | undefined {
  if (from.configMapKeyRef)
    return oneKey(sources, 'ConfigMap', from.configMapKeyRef);
  if (from.secretKeyRef) return oneKey(sources, 'Secret', from.secretKeyRef);
  if (from.fieldRef) return field(pod, from.fieldRef.fieldPath, podIp);
  throw new ContainerConfigError(
    'valueFrom: supported are configMapKeyRef, secretKeyRef and fieldRef',
  );
}

/**
 * The variables a container declares, in Kubernetes' order: envFrom, then env (which wins), each env value expanded with those before it
 * and with `ambient` (the Services), which everything declared wins over.
 * @throws ContainerConfigError
 */
export function declaredEnv(
  options: EnvContext & {
    container: Pick<Container, 'env' | 'envFrom'>;
    ambient: Record<string, string>;
  },
): Record<string, string> {
  const { container, ambient, sources } = options;
  const env: Record<string, string> = { ...ambient };
  for (const { prefix, configMapRef, secretRef } of container.envFrom) {
    const data = {
      ...(configMapRef && source(sources, 'ConfigMap', configMapRef)),
      ...(secretRef && source(sources, 'Secret', secretRef)),
    };
    for (const [key, value] of Object.entries(data)) {
      if (VARIABLE.test(`${prefix}${key}`)) env[`${prefix}${key}`] = value;
    }
  }
  for (const { name, value, valueFrom } of container.env) {
    const found = valueFrom
      ? valueOf(valueFrom, options)
      : expand(value ?? '', env);
    if (found !== undefined) env[name] = found;
  }
  return env;
}
