import {
  AppRootElementBlueprint,
  createFrontendModule,
} from '@backstage/frontend-plugin-api';
import { DocumentTitle } from './DocumentTitle';

const documentTitle = AppRootElementBlueprint.make({
  name: 'document-title',
  params: { element: <DocumentTitle /> },
});

/** Says in the title of the browser's tab what its page is about. */
export const titleModule = createFrontendModule({
  pluginId: 'app',
  extensions: [documentTitle],
});
