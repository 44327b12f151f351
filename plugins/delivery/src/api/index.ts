export * from './apiRefs';
export * from './apis';
export * from './queries';
