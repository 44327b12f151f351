export { type Peer, UNKNOWN } from './peer.ts';
export { startProxy, type Proxy, type ProxyDeps } from './start-proxy.ts';
export {
  DURATION_BUCKETS_MS,
  type RequestCount,
  type ResponseFlags,
} from './request-counts.ts';
