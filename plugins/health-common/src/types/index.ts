export * from './event';
export * from './log';
export * from './pod';
export * from './report';
export * from './workload';
