import {
  createFrontendPlugin,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';
import { useEntity } from '@backstage/plugin-catalog-react';
import {
  EntityCardBlueprint,
  EntityContentBlueprint,
  EntityContextMenuItemBlueprint,
} from '@backstage/plugin-catalog-react/alpha';
import { ANNOTATION_REPOSITORY } from '@ghostlight/plugin-forge-common';
import { RiGitRepositoryLine } from '@remixicon/react';
import { forgeApi, forgeCacheApi } from './api';
import { useForgePaths } from './paths';
import { rootRouteRef } from './routes';
import { searchExtensions } from './searchExtensions';

const withRepository = {
  [`metadata.annotations.${ANNOTATION_REPOSITORY}`]: { $exists: true },
};

const forgePage = PageBlueprint.make({
  params: {
    path: '/forge',
    title: 'Repositories',
    icon: <RiGitRepositoryLine />,
    routeRef: rootRouteRef,
    loader: () =>
      import('./components/ForgePage').then(({ ForgePage }) => <ForgePage />),
  },
});

const repositoryCard = EntityCardBlueprint.make({
  name: 'repository',
  params: {
    type: 'info',
    filter: withRepository,
    loader: () =>
      import('./components/RepositoryCard').then(({ RepositoryCard }) => (
        <RepositoryCard />
      )),
  },
});

const docsContent = EntityContentBlueprint.make({
  name: 'docs',
  params: {
    path: '/documentation',
    title: 'Docs',
    filter: withRepository,
    loader: () =>
      import('./components/Docs').then(({ DocsTab }) => <DocsTab />),
  },
});

const repositoryMenuItem = EntityContextMenuItemBlueprint.make({
  name: 'repository',
  params: {
    icon: <RiGitRepositoryLine />,
    filter: withRepository,
    useProps: () => {
      const { entity } = useEntity();
      const name = entity.metadata.annotations?.[ANNOTATION_REPOSITORY] ?? '';
      return {
        title: 'Open repository',
        href: useForgePaths().repository(name),
      };
    },
  },
});

export const forgePlugin = createFrontendPlugin({
  pluginId: 'forge',
  title: 'Repositories',
  icon: <RiGitRepositoryLine />,
  info: { packageJson: () => import('../package.json') },
  routes: { root: rootRouteRef },
  extensions: [
    forgeApi,
    forgeCacheApi,
    forgePage,
    repositoryCard,
    repositoryMenuItem,
    docsContent,
    ...searchExtensions,
  ],
});
