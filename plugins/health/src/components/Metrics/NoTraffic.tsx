import { useEntity } from '@backstage/plugin-catalog-react';
import { Link } from '@backstage/ui';
import { EmptyState } from '@ghostlight/plugin-ghostlight-react';
import styles from './Metrics.module.css';

/** Nothing was asked of it: where it can be asked. */
export function NoTraffic(props: { name: string; over: string }) {
  const { name, over } = props;
  const { entity } = useEntity();
  const links = entity.metadata.links ?? [];
  return (
    <div className={styles.idle}>
      <EmptyState title={`No requests in the ${over}`}>
        {links.length > 0 ? (
          <p>
            Requests, errors and latency appear here seconds after {name} is
            called. Its addresses:{' '}
            {links.map(({ url, title }, n) => (
              <span key={url}>
                {n > 0 && ', '}
                <Link href={url} target="_blank">
                  {title ?? url}
                </Link>
              </span>
            ))}
          </p>
        ) : (
          <p>
            Requests, errors and latency appear here seconds after {name} is
            called through its Service. To have its address at hand here, add it
            under <code>metadata.links</code> in catalog-info.yaml.
          </p>
        )}
      </EmptyState>
    </div>
  );
}
