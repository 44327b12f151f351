import { environmentName } from '../schema/rules.ts';
import {
  integer,
  intOrString,
  list,
  named,
  struct,
  refused,
  text,
  type ObjectSchema,
  type TextRule,
} from '../schema/schema.ts';

const httpGet = named(
  'HTTPGetAction',
  struct(
    {
      path: text({ default: '/' }),
      port: intOrString(),
      scheme: text({ oneOf: ['HTTP', 'HTTPS'], default: 'HTTP' }),
      host: refused('a probe always asks the pod itself'),
      httpHeaders: list(
        struct({ name: text(), value: text() }, ['name']),
        'atomic',
      ),
    },
    ['port'],
  ),
);

const tcpSocket = named(
  'TCPSocketAction',
  struct(
    {
      port: intOrString(),
      host: refused('a probe always asks the pod itself'),
    },
    ['port'],
  ),
);

/** Startup, readiness and liveness probes; liveness and startup allow a successThreshold of 1 only, as in Kubernetes. */
export const probe = (successThresholdMax: number): ObjectSchema =>
  named(
    'Probe',
    struct({
      httpGet,
      tcpSocket,
      exec: named('ExecAction', struct({ command: list(text()) }, ['command'])),
      grpc: refused('use httpGet, tcpSocket or exec'),
      initialDelaySeconds: integer({ min: 0 }),
      timeoutSeconds: integer({ min: 1, default: 1 }),
      periodSeconds: integer({ min: 1, default: 10 }),
      successThreshold: integer({
        min: 1,
        max: successThresholdMax,
        default: 1,
      }),
      failureThreshold: integer({ min: 1, default: 3 }),
      terminationGracePeriodSeconds: refused(
        "set the pod's terminationGracePeriodSeconds",
      ),
    }),
  );

const optionalReference = {
  name: text(),
  optional: { type: 'boolean' as const },
};

const keyReference = named(
  'KeySelector',
  struct({ ...optionalReference, key: text() }, ['name', 'key']),
);

const podField: TextRule = {
  matches:
    /^(metadata\.(name|namespace|uid)|spec\.nodeName|status\.(podIP|hostIP)|metadata\.(labels|annotations)\['[^']+'\])$/,
  what: "one of metadata.name, metadata.namespace, metadata.uid, spec.nodeName, status.podIP, status.hostIP, metadata.labels['<key>'], metadata.annotations['<key>']",
};

const environmentVariable = named(
  'EnvVar',
  struct(
    {
      name: text({ rule: environmentName }),
      value: text(),
      valueFrom: named(
        'EnvVarSource',
        struct({
          configMapKeyRef: keyReference,
          secretKeyRef: keyReference,
          fieldRef: struct(
            {
              apiVersion: text({ default: 'v1' }),
              fieldPath: text({ rule: podField }),
            },
            ['fieldPath'],
          ),
          resourceFieldRef: refused('write the value itself'),
          fileKeyRef: refused('there are no volumes'),
        }),
      ),
    },
    ['name'],
  ),
);

export const environment = list(environmentVariable, { keys: ['name'] });

export const environmentSources = list(
  named(
    'EnvFromSource',
    struct({
      prefix: text(),
      configMapRef: struct(optionalReference, ['name']),
      secretRef: struct(optionalReference, ['name']),
    }),
  ),
);
