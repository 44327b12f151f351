import { stringify } from 'yaml';
import { ImportProposal } from '@ghostlight/plugin-delivery-common';

/** The `catalog-info.yaml` of a component to be. */
export function renderComponent(
  component: Pick<ImportProposal, 'name' | 'annotations' | 'dependsOn'> & {
    owner: string;
    system?: string;
  },
): string {
  const { name, annotations, dependsOn, owner, system } = component;
  return stringify({
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name,
      annotations: Object.fromEntries(
        annotations.map(({ key, value }) => [key, value]),
      ),
    },
    spec: {
      type: 'service',
      lifecycle: 'production',
      owner,
      ...(system && { system }),
      ...(dependsOn.length > 0 && {
        dependsOn: dependsOn.map(({ entityRef }) => entityRef),
      }),
    },
  });
}
