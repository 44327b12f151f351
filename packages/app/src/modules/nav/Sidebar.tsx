import {
  Sidebar,
  SidebarDivider,
  SidebarGroup,
  SidebarItem,
  SidebarScrollWrapper,
  SidebarSpace,
} from '@backstage/core-components';
import { NavContentBlueprint } from '@backstage/plugin-app-react';
import { NotificationsSidebarItem } from '@backstage/plugin-notifications';
import { SidebarSearchModal } from '@backstage/plugin-search';
import {
  Settings as SettingsItem,
  UserSettingsSignInAvatar,
} from '@backstage/plugin-user-settings';
import {
  RiAddCircleLine,
  RiBookOpenLine,
  RiGitRepositoryLine,
  RiHome5Line,
  RiMenuLine,
  RiSearchLine,
  RiStackLine,
} from '@remixicon/react';
import type { ReactElement } from 'react';
import { SidebarLogo } from './SidebarLogo';

/** Pages whose own icon or title says less than it could here. */
const looks: Record<string, { title: string; icon: ReactElement }> = {
  'page:home': { title: 'Home', icon: <RiHome5Line /> },
  'page:catalog': { title: 'Catalog', icon: <RiStackLine /> },
  'page:scaffolder': { title: 'Create', icon: <RiAddCircleLine /> },
  'page:forge': { title: 'Repositories', icon: <RiGitRepositoryLine /> },
  'page:techdocs': { title: 'Docs', icon: <RiBookOpenLine /> },
};

/** Reached otherwise: by the search field, the bell, the avatar, or not at all. */
const elsewhere = [
  'page:search',
  'page:notifications',
  'page:user-settings',
  'page:api-docs',
  'page:catalog-graph',
  'page:catalog-import',
  'page:app-visualizer',
];

export const SidebarContent = NavContentBlueprint.make({
  params: {
    component: ({ navItems }) => {
      const nav = navItems.withComponent(item => {
        const look = looks[item.node.spec.id];
        return (
          <SidebarItem
            icon={() => look?.icon ?? item.icon}
            to={item.href}
            text={look?.title ?? item.title}
          />
        );
      });
      elsewhere.forEach(id => nav.take(id));

      return (
        <Sidebar>
          <SidebarLogo />
          <SidebarGroup label="Home" icon={<RiHome5Line />} to="/">
            {nav.take('page:home')}
          </SidebarGroup>
          <SidebarGroup label="Catalog" icon={<RiStackLine />} to="/catalog">
            {nav.take('page:catalog')}
          </SidebarGroup>
          <SidebarGroup label="Create" icon={<RiAddCircleLine />} to="/create">
            {nav.take('page:scaffolder')}
          </SidebarGroup>
          <SidebarGroup label="Search" icon={<RiSearchLine />} to="/search">
            <SidebarSearchModal icon={() => <RiSearchLine />} />
          </SidebarGroup>
          <SidebarDivider />
          <SidebarGroup label="More" icon={<RiMenuLine />}>
            <SidebarScrollWrapper>
              {nav.take('page:forge')}
              {nav.take('page:techdocs')}
              {nav.rest({ sortBy: 'title' })}
            </SidebarScrollWrapper>
            <SidebarDivider />
            <NotificationsSidebarItem />
            <SettingsItem icon={() => <UserSettingsSignInAvatar />} />
          </SidebarGroup>
          <SidebarSpace />
        </Sidebar>
      );
    },
  },
});
