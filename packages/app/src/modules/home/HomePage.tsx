import { Content } from '@backstage/core-components';
import { Button, Skeleton } from '@backstage/ui';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { useState } from 'react';
import { useFirstSteps } from './data/useFirstSteps';
import { firstName, greeting } from './facts/greeting';
import styles from './HomePage.module.css';
import { FirstSteps } from './parts/FirstSteps';
import { HomeSearch } from './parts/HomeSearch';
import { MyComponents } from './parts/MyComponents';
import { NeedsList } from './parts/NeedsList';
import { RecentActivity } from './parts/RecentActivity';
import { useHome } from './useHome';

/** Where one lands: what needs me, what is mine, what happened. */
export function HomePage() {
  const [queries] = useState(
    () => new QueryClient({ defaultOptions: { queries: { retry: 1 } } }),
  );
  return (
    <QueryClientProvider client={queries}>
      <Home />
    </QueryClientProvider>
  );
}

function Home() {
  const home = useHome();
  const first = useFirstSteps(home.me?.userRef);
  const { components, health } = home;
  return (
    <Content>
      <div className={styles.page}>
        <header className={styles.header}>
          <div className={styles.answer} role="status">
            {home.me ? (
              <h1 className={styles.greeting}>
                {greeting(new Date())}, {firstName(home.me.name)}.
              </h1>
            ) : (
              <Skeleton width={240} height={32} />
            )}
            {home.sentence ? (
              <p className={styles.sentence}>{home.sentence}</p>
            ) : (
              <Skeleton width={160} height={20} />
            )}
          </div>
          <div className={styles.search}>
            <HomeSearch />
          </div>
        </header>
        <div className={styles.columns}>
          <div className={styles.column}>
            {home.needs.length > 0 && <NeedsList needs={home.needs} />}
            <MyComponents
              components={components.data}
              error={components.error}
              onRetry={components.refetch}
              summaries={health.summaries}
              healthError={health.error}
              alerts={home.alerts}
              deployed={home.deployed}
            />
          </div>
          <div className={styles.column}>
            {!first.isDismissed && (
              <FirstSteps steps={first.steps} onDismiss={first.dismiss} />
            )}
            <RecentActivity
              activity={home.activity}
              removed={home.removed}
              problem={home.activityProblem}
              onRetry={home.retryActivity}
            />
            {first.isDismissed && (
              <div>
                <Button
                  size="small"
                  variant="tertiary"
                  onPress={first.bringBack}
                >
                  Show the first steps again
                </Button>
              </div>
            )}
          </div>
        </div>
      </div>
    </Content>
  );
}
