export * from './environment';
export * from './log';
export * from './metrics';
export * from './object';
export * from './pod';
export * from './rollout';
export * from './workload';
