export {
  openApiServer,
  type ApiServer,
  type ApiServerOptions,
} from './server.ts';
export { certificates, type Certificates } from './http/certificates.ts';
export { writePrivate } from './http/private-file.ts';
export { LEASE_NAMESPACE, newNodeLease, nodeLabels } from './kinds/index.ts';
export { KUBERNETES_VERSION } from './version.ts';
