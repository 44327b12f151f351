import { arch } from 'node:os';
import { fieldPath, type FieldError } from '../schema/decode.ts';
import { parseQuantity } from '../../quantity.ts';
import {
  at,
  listAt,
  numberAt,
  recordAt,
  textAt,
  textsAt,
} from '../json-path.ts';

/** Labels of the one node, which a nodeSelector may ask for. */
export const nodeLabels: Record<string, string> = {
  'kubernetes.io/arch': arch() === 'x64' ? 'amd64' : arch(),
  'kubernetes.io/hostname': 'local',
  'kubernetes.io/os': 'linux',
  // What kubectl shows as the role.
  'node-role.kubernetes.io/control-plane': '',
};

function checkResources(container: unknown, path: string): FieldError[] {
  const errors: FieldError[] = [];
  const limits = textsAt(container, 'resources', 'limits');
  const requests = textsAt(container, 'resources', 'requests');
  for (const [kind, amounts] of Object.entries({ limits, requests })) {
    for (const name of Object.keys(amounts)) {
      if (name === 'cpu' || name === 'memory') continue;
      errors.push({
        field: `${path}.resources.${kind}.${name}`,
        reason: 'FieldValueNotSupported',
        message: `Unsupported value: "${name}": the local cluster knows cpu and memory`,
      });
    }
  }
  for (const [name, request] of Object.entries(requests)) {
    const limit = limits[name];
    if (limit === undefined) continue;
    if ((parseQuantity(request) ?? 0) > (parseQuantity(limit) ?? 0)) {
      errors.push({
        field: `${path}.resources.requests.${name}`,
        reason: 'FieldValueInvalid',
        message: `Invalid value: "${request}": must be less than or equal to ${name} limit of ${limit}`,
      });
    }
  }
  return errors;
}

const HANDLERS = ['httpGet', 'tcpSocket', 'exec'];

function checkProbes(container: unknown, path: string): FieldError[] {
  const errors: FieldError[] = [];
  const portNames = listAt(container, 'ports').map(port =>
    textAt(port, 'name'),
  );
  for (const name of ['startupProbe', 'readinessProbe', 'livenessProbe']) {
    if (at(container, name) === undefined) continue;
    const handlers = HANDLERS.filter(
      handler => at(container, name, handler) !== undefined,
    );
    if (handlers.length !== 1) {
      errors.push({
        field: `${path}.${name}`,
        reason: 'FieldValueRequired',
        message: `Required value: must have exactly one of ${HANDLERS.join(
          ', ',
        )}`,
      });
    }
    for (const handler of ['httpGet', 'tcpSocket']) {
      const port = at(container, name, handler, 'port');
      if (typeof port === 'string' && !portNames.includes(port)) {
        errors.push({
          field: `${path}.${name}.${handler}.port`,
          reason: 'FieldValueInvalid',
          message: `Invalid value: "${port}": no port of the container has this name`,
        });
      }
    }
  }
  return errors;
}

function checkEnvironment(container: unknown, path: string): FieldError[] {
  const errors: FieldError[] = [];
  listAt(container, 'env').forEach((variable, index) => {
    const sources = Object.keys(recordAt(variable, 'valueFrom'));
    const hasValueFrom = at(variable, 'valueFrom') !== undefined;
    if (hasValueFrom && (sources.length !== 1 || textAt(variable, 'value'))) {
      errors.push({
        field: `${path}.env[${index}].valueFrom`,
        reason: 'FieldValueInvalid',
        message:
          'Invalid value: must name exactly one source, and no value beside it',
      });
    }
  });
  listAt(container, 'envFrom').forEach((source, index) => {
    const kinds = ['configMapRef', 'secretRef'].filter(
      kind => at(source, kind) !== undefined,
    );
    if (kinds.length !== 1) {
      errors.push({
        field: `${path}.envFrom[${index}]`,
        reason: 'FieldValueInvalid',
        message:
          'Invalid value: must have exactly one of configMapRef, secretRef',
      });
    }
  });
  return errors;
}

/** Rules between the fields of a pod spec. */
export function checkPodSpec(spec: unknown, path: string): FieldError[] {
  const containers = listAt(spec, 'containers');
  const errors: FieldError[] = [];
  if (containers.length === 0) {
    errors.push({
      field: fieldPath(path, 'containers'),
      reason: 'FieldValueRequired',
      message: 'Required value',
    });
  }
  containers.forEach((container, index) => {
    const here = `${fieldPath(path, 'containers')}[${index}]`;
    errors.push(
      ...checkResources(container, here),
      ...checkProbes(container, here),
      ...checkEnvironment(container, here),
    );
  });
  for (const [key, value] of Object.entries(textsAt(spec, 'nodeSelector'))) {
    if (nodeLabels[key] === value) continue;
    errors.push({
      field: `${path}.nodeSelector[${key}]`,
      reason: 'FieldValueInvalid',
      message: `Invalid value: "${value}": the one node, local, does not have this label, so the pod would never be scheduled`,
    });
  }
  if (at(spec, 'enableServiceLinks') === false) {
    errors.push({
      field: `${path}.enableServiceLinks`,
      reason: 'FieldValueNotSupported',
      message:
        'Unsupported value: false: the variables are the only way to other services here',
    });
  }
  return errors;
}

/** Requests follow limits where only those are given, as in Kubernetes. */
export function completePodSpec(
  spec: Record<string, unknown>,
): Record<string, unknown> {
  const serviceAccountName =
    textAt(spec, 'serviceAccountName') ??
    textAt(spec, 'serviceAccount') ??
    'default';
  return {
    ...spec,
    serviceAccountName,
    serviceAccount: serviceAccountName,
    securityContext: recordAt(spec, 'securityContext'),
    containers: listAt(spec, 'containers').map(container => {
      const limits = recordAt(container, 'resources', 'limits');
      const requests = recordAt(container, 'resources', 'requests');
      const image = textAt(container, 'image') ?? '';
      const untagged = !image.split('/').slice(-1)[0].includes(':');
      return {
        ...recordAt(container),
        imagePullPolicy:
          textAt(container, 'imagePullPolicy') ??
          (untagged || image.endsWith(':latest') ? 'Always' : 'IfNotPresent'),
        resources: {
          ...recordAt(container, 'resources'),
          ...(Object.keys(limits).length > 0
            ? { requests: { ...limits, ...requests } }
            : {}),
        },
      };
    }),
  };
}

/** Kubernetes' quality of service class of a pod. */
export function qosClass(spec: unknown): string {
  const containers = listAt(spec, 'containers');
  const guaranteed = containers.every(container =>
    ['cpu', 'memory'].every(name => {
      const limit = textAt(container, 'resources', 'limits', name);
      const request = textAt(container, 'resources', 'requests', name);
      return limit !== undefined && request === limit;
    }),
  );
  if (guaranteed) return 'Guaranteed';
  const any = containers.some(
    container =>
      Object.keys(recordAt(container, 'resources', 'limits')).length > 0 ||
      Object.keys(recordAt(container, 'resources', 'requests')).length > 0,
  );
  return any ? 'Burstable' : 'BestEffort';
}

export const gracePeriodOf = (spec: unknown) =>
  numberAt(spec, 'terminationGracePeriodSeconds') ?? 30;
