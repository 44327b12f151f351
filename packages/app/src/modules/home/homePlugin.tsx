import {
  AppRootElementBlueprint,
  createFrontendPlugin,
  createRouteRef,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';
import { RiHome5Line } from '@remixicon/react';
import { NoticeHealthVisit } from './NoticeHealthVisit';

const rootRouteRef = createRouteRef();

const homePage = PageBlueprint.make({
  params: {
    path: '/',
    title: 'Home',
    icon: <RiHome5Line />,
    routeRef: rootRouteRef,
    noHeader: true,
    loader: () => import('./HomePage').then(m => <m.HomePage />),
  },
});

const noticeHealthVisit = AppRootElementBlueprint.make({
  name: 'notice-health-visit',
  params: { element: <NoticeHealthVisit /> },
});

/** The page one lands on: what needs me, what is mine, what happened. */
export const homePlugin = createFrontendPlugin({
  pluginId: 'home',
  title: 'Home',
  routes: { root: rootRouteRef },
  extensions: [homePage, noticeHealthVisit],
});
