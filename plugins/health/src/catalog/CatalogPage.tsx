import {
  configApiRef,
  useApi,
  useRouteRef,
} from '@backstage/frontend-plugin-api';
import catalogPlugin from '@backstage/plugin-catalog/alpha';
import { CatalogTable } from '@backstage/plugin-catalog';
import { catalogEntityCreatePermission } from '@backstage/plugin-catalog-common/alpha';
import {
  CatalogFilterLayout,
  EntityListPagination,
  EntityListProvider,
} from '@backstage/plugin-catalog-react';
import { usePermission } from '@backstage/plugin-permission-react';
import { ButtonLink, Container, Header } from '@backstage/ui';
import { RiAddLine } from '@remixicon/react';
import type { ReactNode } from 'react';
import { columnsWithHealth } from './healthColumn';

export interface CatalogPageProps {
  filters: ReactNode;
  pagination: EntityListPagination;
}

/**
 * The catalog's own index page with a column more: version 2.0 of the catalog
 * has no extension point for columns.
 */
export function CatalogPage(props: CatalogPageProps) {
  const { filters, pagination } = props;
  const organisation =
    useApi(configApiRef).getOptionalString('organization.name') ?? 'Ghostlight';
  const createPath = useRouteRef(
    catalogPlugin.externalRoutes.createComponent,
  )?.();
  const { allowed } = usePermission({
    permission: catalogEntityCreatePermission,
  });
  return (
    <EntityListProvider pagination={pagination}>
      <Header
        title={`${organisation} catalog`}
        customActions={
          allowed &&
          createPath && (
            <ButtonLink
              variant="primary"
              href={createPath}
              iconStart={<RiAddLine aria-hidden />}
            >
              Create
            </ButtonLink>
          )
        }
      />
      <Container>
        <CatalogFilterLayout>
          <CatalogFilterLayout.Filters>{filters}</CatalogFilterLayout.Filters>
          <CatalogFilterLayout.Content>
            <CatalogTable columns={columnsWithHealth} />
          </CatalogFilterLayout.Content>
        </CatalogFilterLayout>
      </Container>
    </EntityListProvider>
  );
}
