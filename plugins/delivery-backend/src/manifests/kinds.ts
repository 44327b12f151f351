/** A kind of object that a component may bring along. */
export type ManifestKind = {
  apiVersion: string;
  kind: string;
  /** Applied in this order and removed in the reverse one: what others read comes first, what runs comes last. */
  order: number;
};

/** Everything that Ghostlight applies, and looks for when it prunes or removes. */
export const MANIFEST_KINDS: readonly ManifestKind[] = [
  { apiVersion: 'v1', kind: 'ConfigMap', order: 1 },
  { apiVersion: 'v1', kind: 'Secret', order: 1 },
  { apiVersion: 'v1', kind: 'Service', order: 2 },
  { apiVersion: 'apps/v1', kind: 'Deployment', order: 3 },
];

const CLUSTER_SCOPED = new Set([
  'APIService',
  'ClusterRole',
  'ClusterRoleBinding',
  'CustomResourceDefinition',
  'IngressClass',
  'MutatingWebhookConfiguration',
  'Namespace',
  'Node',
  'PersistentVolume',
  'PriorityClass',
  'StorageClass',
  'ValidatingWebhookConfiguration',
]);

export function findKind(
  apiVersion: string,
  kind: string,
): ManifestKind | undefined {
  return MANIFEST_KINDS.find(
    known => known.apiVersion === apiVersion && known.kind === kind,
  );
}

/** Why an object of this kind is not applied, in words. */
export function refusalOf(apiVersion: string, kind: string): string {
  if (CLUSTER_SCOPED.has(kind)) {
    return `${kind} belongs to the whole cluster; a component may only bring objects of its own namespace`;
  }
  const sameKind = MANIFEST_KINDS.find(known => known.kind === kind);
  if (sameKind) {
    return `${kind} is deployed from ${sameKind.apiVersion}, not from ${apiVersion}`;
  }
  const known = MANIFEST_KINDS.map(each => each.kind).join(', ');
  return `${kind} (${apiVersion}) is not deployed by Ghostlight; it deploys ${known}`;
}
