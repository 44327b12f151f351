import { usePermission } from '@backstage/plugin-permission-react';
import {
  DeliveryEnvironment,
  deliveryDeployPermission,
  deliveryDeployProductionPermission,
} from '@ghostlight/plugin-delivery-common';

/** Whether the person may deploy the component there; `undefined` while that is not known. */
export function useMayDeploy(
  entityRef: string,
  environment: DeliveryEnvironment | undefined,
): boolean | undefined {
  const { loading, allowed } = usePermission({
    permission:
      environment?.tier === 'production'
        ? deliveryDeployProductionPermission
        : deliveryDeployPermission,
    resourceRef: entityRef,
  });
  return loading ? undefined : allowed;
}
