import { at, listAt, numberAt, textAt } from '../json-path.ts';
import { ageOf } from '../tables/age.ts';
import { dnsSubdomain } from '../schema/rules.ts';
import { anything } from '../schema/schema.ts';
import type { KubeObject } from '../../types.ts';
import { ageColumn, labelsText, nameColumn } from './columns.ts';
import { READ, type Kind } from './kind.ts';
import { wholeObject } from './metadata.ts';

// Kinds that the cluster itself writes; through the API they can only be read.

const ports = (list: unknown[]) =>
  list.map(each => numberAt(each, 'port')).filter(each => each !== undefined);

const subsetAddresses = (endpoints: KubeObject) =>
  listAt(endpoints, 'subsets').flatMap(subset =>
    listAt(subset, 'addresses').flatMap(address =>
      ports(listAt(subset, 'ports')).map(
        port => `${textAt(address, 'ip')}:${port}`,
      ),
    ),
  );

const shortened = (all: (string | number)[]) =>
  all.length > 3
    ? `${all.slice(0, 3).join(',')} + ${all.length - 3} more...`
    : all.join(',') || '<none>';

export const endpoints: Kind = {
  group: '',
  version: 'v1',
  kind: 'Endpoints',
  plural: 'endpoints',
  singular: 'endpoints',
  shortNames: ['ep'],
  namespaced: true,
  verbs: READ,
  subresources: [],
  nameRule: dnsSubdomain,
  schema: wholeObject({ subsets: anything() }),
  columns: [
    nameColumn,
    {
      name: 'Endpoints',
      description: 'Addresses of ready pods.',
      cell: object => shortened(subsetAddresses(object)),
    },
    ageColumn,
  ],
};

export const endpointSlice: Kind = {
  group: 'discovery.k8s.io',
  version: 'v1',
  kind: 'EndpointSlice',
  plural: 'endpointslices',
  singular: 'endpointslice',
  namespaced: true,
  verbs: READ,
  subresources: [],
  nameRule: dnsSubdomain,
  schema: wholeObject({
    addressType: anything(),
    endpoints: anything(),
    ports: anything(),
  }),
  columns: [
    nameColumn,
    {
      name: 'AddressType',
      description: 'IPv4.',
      cell: object => textAt(object, 'addressType') ?? '',
    },
    {
      name: 'Ports',
      description: 'Ports of the pods.',
      cell: object => shortened(ports(listAt(object, 'ports'))),
    },
    {
      name: 'Endpoints',
      description: 'Addresses of the pods.',
      cell: object =>
        shortened(
          listAt(object, 'endpoints').flatMap(each =>
            listAt(each, 'addresses').map(String),
          ),
        ),
    },
    ageColumn,
  ],
};

export const node: Kind = {
  group: '',
  version: 'v1',
  kind: 'Node',
  plural: 'nodes',
  singular: 'node',
  shortNames: ['no'],
  namespaced: false,
  verbs: READ,
  subresources: [],
  nameRule: dnsSubdomain,
  selectableFields: {
    'spec.unschedulable': object =>
      String(at(object, 'spec', 'unschedulable') ?? false),
  },
  schema: wholeObject({ spec: anything(), status: anything() }),
  columns: [
    nameColumn,
    {
      name: 'Status',
      description: 'Always ready while this process runs.',
      cell: () => 'Ready',
    },
    {
      name: 'Roles',
      description: 'The one node does everything.',
      cell: () => 'control-plane',
    },
    {
      name: 'Age',
      description: 'Time since the data folder was made.',
      cell: (object, now) => ageOf(object.metadata.creationTimestamp, now),
    },
    {
      name: 'Version',
      description: 'Version of the API that is spoken.',
      cell: object =>
        textAt(object, 'status', 'nodeInfo', 'kubeletVersion') ?? '',
    },
    {
      name: 'Internal-IP',
      wide: true,
      description: 'Address of the node.',
      cell: () => '127.0.0.1',
    },
    {
      name: 'OS-Image',
      wide: true,
      description: 'Operating system of this machine.',
      cell: object => textAt(object, 'status', 'nodeInfo', 'osImage') ?? '',
    },
    {
      name: 'Labels',
      wide: true,
      description: 'Labels that a nodeSelector may ask for.',
      cell: object => labelsText(object, 'metadata', 'labels'),
    },
  ],
};

export const serviceAccount: Kind = {
  group: '',
  version: 'v1',
  kind: 'ServiceAccount',
  plural: 'serviceaccounts',
  singular: 'serviceaccount',
  shortNames: ['sa'],
  namespaced: true,
  verbs: READ,
  subresources: [],
  nameRule: dnsSubdomain,
  schema: wholeObject({}),
  columns: [
    nameColumn,
    {
      name: 'Secrets',
      type: 'integer',
      description: 'Pods get no token, so there are none.',
      cell: () => 0,
    },
    ageColumn,
  ],
};
