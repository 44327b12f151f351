import { Skeleton } from '@backstage/ui';
import {
  Loading,
  SentenceSkeleton,
  TableSkeleton,
} from '@ghostlight/plugin-ghostlight-react';

/** The shape of the tab while the first report is on its way. */
export function HealthSkeleton(props: { name: string }) {
  return (
    <Loading label={`Reading the health of ${props.name}`}>
      <Skeleton width={180} height={20} />
      <SentenceSkeleton />
      <TableSkeleton rows={3} />
      <TableSkeleton rows={6} />
    </Loading>
  );
}
