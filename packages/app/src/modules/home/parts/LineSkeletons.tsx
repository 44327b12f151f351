import { Skeleton } from '@backstage/ui';
import styles from './LineSkeletons.module.css';

export interface LineSkeletonsProps {
  count: number;
  /** Entries of two lines. */
  tall?: boolean;
}

/** The shape of a list that is coming. */
export function LineSkeletons({ count, tall = false }: LineSkeletonsProps) {
  return (
    <div className={styles.lines} aria-hidden>
      {Array.from({ length: count }, (_, i) => (
        <Skeleton
          key={i}
          width={`${88 - (i % 3) * 14}%`}
          height={tall ? 36 : 20}
        />
      ))}
    </div>
  );
}
