import { createFrontendModule } from '@backstage/frontend-plugin-api';
import {
  createFormField,
  FormFieldBlueprint,
} from '@backstage/plugin-scaffolder-react/alpha';
import { ServiceNameField } from './ServiceNameField';
import { validateServiceName } from './validateServiceName';

const serviceNameField = FormFieldBlueprint.make({
  name: 'ghostlight-service-name',
  params: {
    field: async () =>
      createFormField({
        name: 'GhostlightServiceName',
        component: ServiceNameField,
        validation: validateServiceName,
      }),
  },
});

/** What the portal adds to the wizard that creates a service. */
export const createModule = createFrontendModule({
  pluginId: 'scaffolder',
  extensions: [serviceNameField],
});
