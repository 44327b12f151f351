import { reviews } from './computed/reviews.ts';
import { kinds, type Kind } from './kinds/index.ts';

interface Subresource {
  subresource: string;
  responseKind: { group: string; version: string; kind: string };
  verbs: string[];
}

interface Resource {
  resource: string;
  responseKind: { group: string; version: string; kind: string };
  scope: 'Namespaced' | 'Cluster';
  singularResource: string;
  verbs: string[];
  shortNames?: string[];
  categories?: string[];
  subresources?: Subresource[];
}

export interface GroupVersion {
  group: string;
  version: string;
  resources: Resource[];
}

function subresourcesOf(kind: Kind): Subresource[] {
  const { group, version } = kind;
  return kind.subresources.map(subresource => ({
    subresource,
    responseKind:
      subresource === 'scale'
        ? { group: 'autoscaling', version: 'v1', kind: 'Scale' }
        : { group, version, kind: kind.kind },
    verbs: subresource === 'log' ? ['get'] : ['get', 'patch', 'update'],
  }));
}

const resourceOf = (kind: Kind): Resource => ({
  resource: kind.plural,
  responseKind: { group: kind.group, version: kind.version, kind: kind.kind },
  scope: kind.namespaced ? 'Namespaced' : 'Cluster',
  singularResource: kind.singular,
  verbs: kind.verbs,
  shortNames: kind.shortNames,
  categories: kind.categories,
  subresources: subresourcesOf(kind),
});

const reviewGroup = (group: string): GroupVersion => ({
  group,
  version: 'v1',
  resources: Object.entries(reviews)
    .filter(([, review]) => review.group === group)
    .map(([plural, { kind }]) => ({
      resource: plural,
      responseKind: { group, version: 'v1', kind },
      scope: 'Cluster',
      singularResource: kind.toLowerCase(),
      verbs: ['create'],
    })),
});

const metricResource = (
  plural: string,
  kind: string,
  scope: Resource['scope'],
): Resource => ({
  resource: plural,
  responseKind: { group: 'metrics.k8s.io', version: 'v1beta1', kind },
  scope,
  singularResource: plural.slice(0, -1),
  verbs: ['get', 'list'],
});

const computed: GroupVersion[] = [
  reviewGroup('authentication.k8s.io'),
  reviewGroup('authorization.k8s.io'),
  {
    group: 'metrics.k8s.io',
    version: 'v1beta1',
    resources: [
      metricResource('nodes', 'NodeMetrics', 'Cluster'),
      metricResource('pods', 'PodMetrics', 'Namespaced'),
    ],
  },
];

/** Every group and version that is served; each group has one version. */
export const groupVersions: GroupVersion[] = [
  ...['', 'apps', 'coordination.k8s.io', 'discovery.k8s.io'].map(group => {
    const ofGroup = kinds.filter(kind => kind.group === group);
    return {
      group,
      version: ofGroup[0].version,
      resources: ofGroup.map(resourceOf),
    };
  }),
  ...computed,
];

export const findGroupVersion = (group: string, version?: string) =>
  groupVersions.find(
    each =>
      each.group === group &&
      (version === undefined || each.version === version),
  );

/** `APIGroupDiscoveryList`: everything of /api or of /apis in one answer. */
export const aggregated = (isCore: boolean, apiVersion: string) => ({
  kind: 'APIGroupDiscoveryList',
  apiVersion: `apidiscovery.k8s.io/${apiVersion}`,
  metadata: {},
  items: groupVersions
    .filter(({ group }) => (group === '') === isCore)
    .map(({ group, version, resources }) => ({
      metadata: { name: group, creationTimestamp: null },
      versions: [{ version, freshness: 'Current', resources }],
    })),
});

const namesOf = ({ group, version }: GroupVersion) => ({
  groupVersion: `${group}/${version}`,
  version,
});

export const coreVersions = {
  kind: 'APIVersions',
  versions: ['v1'],
  serverAddressByClientCIDRs: [],
};

export const groupOf = (served: GroupVersion) => ({
  kind: 'APIGroup',
  apiVersion: 'v1',
  name: served.group,
  versions: [namesOf(served)],
  preferredVersion: namesOf(served),
});

export const groupList = {
  kind: 'APIGroupList',
  apiVersion: 'v1',
  groups: groupVersions
    .filter(({ group }) => group !== '')
    .map(served => {
      const { name, versions, preferredVersion } = groupOf(served);
      return { name, versions, preferredVersion };
    }),
};

/** `APIResourceList`: the resources of one group and version, as older clients ask for them. */
export const resourceList = ({ group, version, resources }: GroupVersion) => ({
  kind: 'APIResourceList',
  apiVersion: 'v1',
  groupVersion: group === '' ? version : `${group}/${version}`,
  resources: resources.flatMap(each => [
    {
      name: each.resource,
      singularName: each.singularResource,
      namespaced: each.scope === 'Namespaced',
      kind: each.responseKind.kind,
      verbs: each.verbs,
      shortNames: each.shortNames,
      categories: each.categories,
    },
    ...(each.subresources ?? []).map(
      ({ subresource, responseKind, verbs }) => ({
        name: `${each.resource}/${subresource}`,
        singularName: '',
        namespaced: each.scope === 'Namespaced',
        group: responseKind.group,
        version: responseKind.version,
        kind: responseKind.kind,
        verbs,
      }),
    ),
  ]),
});
