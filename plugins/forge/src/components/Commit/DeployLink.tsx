import { useApi, useRouteRef } from '@backstage/frontend-plugin-api';
import { catalogApiRef, entityRouteRef } from '@backstage/plugin-catalog-react';
import { ButtonLink } from '@backstage/ui';
import { ANNOTATION_REPOSITORY } from '@ghostlight/plugin-forge-common';
import { useQuery } from '@tanstack/react-query';
import { forgeCacheApiRef } from '../../api';

/** The way to deploying this commit, on the Delivery tab of the component that comes from the repository. */
export function DeployLink(props: { repository: string; sha: string }) {
  const { repository, sha } = props;
  const catalog = useApi(catalogApiRef);
  const entityRoute = useRouteRef(entityRouteRef);
  const { data } = useQuery(
    {
      queryKey: ['component-of', repository],
      queryFn: async () => {
        const { items } = await catalog.getEntities({
          filter: {
            kind: 'Component',
            [`metadata.annotations.${ANNOTATION_REPOSITORY}`]: repository,
          },
          fields: ['kind', 'metadata.name', 'metadata.namespace'],
          limit: 1,
        });
        return items;
      },
    },
    useApi(forgeCacheApiRef).client,
  );
  const [component] = data ?? [];
  if (!component || !entityRoute) {
    return undefined;
  }
  const { name, namespace = 'default' } = component.metadata;
  const page = entityRoute({ kind: 'component', namespace, name });
  return (
    <ButtonLink
      size="small"
      variant="secondary"
      href={`${page}/delivery?commit=${sha}`}
    >
      Deploy this commit
    </ButtonLink>
  );
}
