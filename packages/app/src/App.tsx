import { createApp } from '@backstage/frontend-defaults';
import { createModule } from './modules/create';
import { homePlugin } from './modules/home';
import { navModule } from './modules/nav';
import { registerModule } from './modules/register';
import { removeModule } from './modules/remove';
import { signInModule } from './modules/signIn';
import { themeModule } from './modules/theme';
import { titleModule } from './modules/title';

export default createApp({
  features: [
    themeModule,
    signInModule,
    navModule,
    homePlugin,
    createModule,
    registerModule,
    removeModule,
    titleModule,
  ],
});
