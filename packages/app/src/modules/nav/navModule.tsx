import {
  createFrontendModule,
  NotFoundErrorPage,
} from '@backstage/frontend-plugin-api';
import { SwappableComponentBlueprint } from '@backstage/plugin-app-react';
import { SidebarContent } from './Sidebar';

const notFoundPage = SwappableComponentBlueprint.make({
  name: 'core-not-found-error-page',
  params: define =>
    define({
      component: NotFoundErrorPage,
      loader: () => import('./NotFoundPage').then(m => m.NotFoundPage),
    }),
});

/** How one gets about, and what one sees where there is nothing. */
export const navModule = createFrontendModule({
  pluginId: 'app',
  extensions: [SidebarContent, notFoundPage],
});
