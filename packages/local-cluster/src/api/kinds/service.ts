import { isDeepStrictEqual } from 'node:util';
import { listAt, numberAt, recordAt, textAt } from '../json-path.ts';
import type { FieldError } from '../schema/decode.ts';
import {
  dnsLabel,
  labelKey,
  labelValue,
  serviceName,
} from '../schema/rules.ts';
import {
  allRefused,
  anyStatus,
  integer,
  intOrString,
  list,
  map,
  named,
  struct,
  refused,
  text,
} from '../schema/schema.ts';
import type { KubeObject } from '../../types.ts';
import { ageColumn, labelsText, nameColumn } from './columns.ts';
import { ALL, type Kind } from './kind.ts';
import { wholeObject } from './metadata.ts';

const PEOPLE_PORT =
  'use type ClusterIP: every Service listens on this machine already, at the address in its annotation local-cluster/url';

const port = named(
  'ServicePort',
  struct(
    {
      name: text({ rule: dnsLabel }),
      port: integer({ min: 1, max: 65535 }),
      targetPort: intOrString(),
      protocol: text({ oneOf: ['TCP'], default: 'TCP' }),
      appProtocol: text(),
      nodePort: refused(PEOPLE_PORT),
    },
    ['port'],
  ),
);

const spec = named(
  'ServiceSpec',
  struct({
    selector: map(text({ rule: labelValue }), { keyRule: labelKey }),
    ports: list(port, { keys: ['port', 'protocol'] }),
    type: text({ oneOf: ['ClusterIP'], default: 'ClusterIP' }),
    clusterIP: text({ oneOf: ['127.0.0.1'] }),
    clusterIPs: list(text({ oneOf: ['127.0.0.1'] })),
    ipFamilies: list(text({ oneOf: ['IPv4'] })),
    ipFamilyPolicy: text({
      oneOf: ['SingleStack', 'PreferDualStack'],
      default: 'SingleStack',
    }),
    sessionAffinity: text({ oneOf: ['None'], default: 'None' }),
    internalTrafficPolicy: text({
      oneOf: ['Cluster', 'Local'],
      default: 'Cluster',
    }),
    trafficDistribution: text(),
    sessionAffinityConfig: refused('requests go to any ready pod'),
    publishNotReadyAddresses: refused('requests go to ready pods only'),
    externalName: refused('set the address as an environment variable'),
    ...allRefused(
      [
        'externalIPs',
        'externalTrafficPolicy',
        'loadBalancerIP',
        'loadBalancerClass',
        'loadBalancerSourceRanges',
        'allocateLoadBalancerNodePorts',
        'healthCheckNodePort',
      ],
      PEOPLE_PORT,
    ),
  }),
);

function checkPorts(service: KubeObject): FieldError[] {
  const errors: FieldError[] = [];
  const ports = listAt(service, 'spec', 'ports');
  if (ports.length === 0) {
    errors.push({
      field: 'spec.ports',
      reason: 'FieldValueRequired',
      message: 'Required value',
    });
  }
  const names = ports.map(each => textAt(each, 'name') ?? '');
  names.forEach((name, index) => {
    if (ports.length > 1 && name === '') {
      errors.push({
        field: `spec.ports[${index}].name`,
        reason: 'FieldValueRequired',
        message: 'Required value: ports need names when there are several',
      });
    } else if (names.indexOf(name) !== index) {
      errors.push({
        field: `spec.ports[${index}].name`,
        reason: 'FieldValueDuplicate',
        message: `Duplicate value: "${name}"`,
      });
    }
  });
  const numbers = ports.map(each => numberAt(each, 'port'));
  numbers.forEach((number, index) => {
    if (numbers.indexOf(number) === index) return;
    errors.push({
      field: `spec.ports[${index}].port`,
      reason: 'FieldValueDuplicate',
      message: `Duplicate value: ${number}`,
    });
  });
  return errors;
}

export const service: Kind = {
  group: '',
  version: 'v1',
  kind: 'Service',
  plural: 'services',
  singular: 'service',
  shortNames: ['svc'],
  categories: ['all'],
  namespaced: true,
  verbs: ALL,
  subresources: ['status'],
  nameRule: serviceName,
  schema: wholeObject({ spec, status: anyStatus() }, ['spec']),
  columns: [
    nameColumn,
    {
      name: 'Type',
      description: 'Always ClusterIP here.',
      cell: object => textAt(object, 'spec', 'type') ?? '',
    },
    {
      name: 'Cluster-IP',
      description: 'Address inside of the cluster.',
      cell: object => textAt(object, 'spec', 'clusterIP') ?? '<none>',
    },
    {
      name: 'External-IP',
      description: 'Address for people on this machine.',
      cell: object =>
        object.metadata.annotations?.['local-cluster/url'] ?? '<none>',
    },
    {
      name: 'Port(s)',
      description: 'Ports of the Service.',
      cell: object =>
        listAt(object, 'spec', 'ports')
          .map(each => `${numberAt(each, 'port')}/${textAt(each, 'protocol')}`)
          .join(','),
    },
    ageColumn,
    {
      name: 'Selector',
      wide: true,
      description: 'Which pods answer.',
      cell: object => labelsText(object, 'spec', 'selector'),
    },
  ],
  selectableFields: {
    'spec.clusterIP': object => textAt(object, 'spec', 'clusterIP') ?? '',
    'spec.type': object => textAt(object, 'spec', 'type') ?? '',
  },
  complete: object => ({
    ...object,
    spec: {
      ...recordAt(object, 'spec'),
      ports: listAt(object, 'spec', 'ports').map(each => ({
        ...recordAt(each),
        // As in Kubernetes, 0 says no more than nothing.
        targetPort: recordAt(each).targetPort || numberAt(each, 'port'),
      })),
      clusterIP: '127.0.0.1',
      clusterIPs: ['127.0.0.1'],
      ipFamilies: ['IPv4'],
    },
    status: { loadBalancer: {} },
  }),
  check: object => [
    ...checkPorts(object),
    ...(isDeepStrictEqual(recordAt(object, 'spec', 'selector'), {})
      ? [
          {
            field: 'spec.selector',
            reason: 'FieldValueRequired' as const,
            message:
              'Required value: the local cluster finds the pods of a Service by its selector alone',
          },
        ]
      : []),
  ],
};
