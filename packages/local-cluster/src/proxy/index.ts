export { startProxy, type Proxy, type ProxyDeps } from './start-proxy.ts';
export {
  DURATION_BUCKETS_MS,
  type CodeClass,
  type RequestSource,
  type ServiceRequestCount,
} from './request-counts.ts';
