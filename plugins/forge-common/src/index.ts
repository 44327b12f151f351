export * from './ForgeClient';
export * from './names';
export * from './permissions';
export * from './types';
