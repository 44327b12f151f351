import type { ServiceFileHealth } from '@ghostlight/plugin-health-common';

export type ExcerptLine = NonNullable<ServiceFileHealth['excerpt']>[number];

/** The line and its neighbours, as far as they were sent. */
export function excerptAround(
  excerpt: readonly ExcerptLine[] | undefined,
  line: number,
  neighbours: number,
): ExcerptLine[] {
  const near = (excerpt ?? []).filter(
    candidate => Math.abs(candidate.line - line) <= neighbours,
  );
  return near.some(candidate => candidate.line === line) ? near : [];
}
