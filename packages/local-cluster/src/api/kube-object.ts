import type { KubeObject } from '../types.ts';
import { isRecord } from './json-path.ts';

/** Whether JSON has the outline of an object of the API; what a writer hands in may still lack identity. */
export const isKubeObject = (value: unknown): value is KubeObject =>
  isRecord(value) &&
  typeof value.apiVersion === 'string' &&
  typeof value.kind === 'string' &&
  isRecord(value.metadata);
