export { DeployDialog } from './DeployDialog';
export { useMayDeploy } from './useMayDeploy';
