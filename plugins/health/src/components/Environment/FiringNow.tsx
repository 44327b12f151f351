import { Link } from '@backstage/ui';
import { formatPlural } from '@ghostlight/plugin-ghostlight-react';
import { useQuery } from '@tanstack/react-query';
import { useHealthQueries } from '../../hooks';
import styles from './EnvironmentView.module.css';

/** At most so many in words; the others are counted. */
const mostInWords = 2;

/** What fires, in a line of the answer; nothing while nothing does. */
export function FiringNow(props: {
  entityRef: string;
  environment: string;
  /** Id of the panel that tells more. */
  panelId: string;
}) {
  const { entityRef, environment, panelId } = props;
  const queries = useHealthQueries();
  // The same question as that of the panel below, and so one request.
  const { data } = useQuery(
    queries.alerts({
      entityRefs: [entityRef],
      environment,
      state: 'firing',
      pageSize: 100,
    }),
    queries.client,
  );
  if (!data || data.total === 0) {
    return null;
  }
  const others = data.total - mostInWords;
  return (
    <p className={styles.firing}>
      <Link href={`#${panelId}`}>
        {formatPlural(data.total, 'alert')} firing
      </Link>
      {': '}
      {data.items
        .slice(0, mostInWords)
        .map(({ summary }) => summary)
        .join('; ')}
      {others > 0 && `; and ${formatPlural(others, 'other')}`}.
    </p>
  );
}
