export { startKubelet, type Kubelet } from './kubelet.ts';
export type { ContainerUsage } from './usage/usage-monitor.ts';
