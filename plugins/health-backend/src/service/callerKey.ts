import type { BackstageCredentials } from '@backstage/backend-plugin-api';

/** Tells callers apart. */
export function callerKey({ principal }: BackstageCredentials): string {
  if (typeof principal !== 'object' || principal === null) {
    return '';
  }
  if ('userEntityRef' in principal) {
    return String(principal.userEntityRef);
  }
  return 'subject' in principal ? String(principal.subject) : '';
}
