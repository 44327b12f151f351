/**
 * Types, permissions and API client of Health.
 *
 * @packageDocumentation
 */

export * from './client';
export * from './permissions';
export * from './serviceFile';
export * from './signals';
export * from './types';
