import { HEALTH_SIGNAL_CHANNEL } from '@ghostlight/plugin-health-common';
import { QueryObserver } from '@tanstack/react-query';
import { waitFor } from '@testing-library/react';
import { FakeHealthApi } from '../testing/FakeHealthApi';
import { aReport } from '../testing/reports';
import { FakeSignals } from '../testing/FakeSignals';
import { HealthQueries } from './HealthQueries';
import { refreshEveryMs } from './refreshEveryMs';

const ORDERS = 'component:default/orders';

function open() {
  const healthApi = new FakeHealthApi({ report: () => aReport() });
  const signals = new FakeSignals();
  const queries = new HealthQueries({ healthApi });
  queries.listenTo(signals);
  return { healthApi, signals, queries };
}

function tell(signals: FakeSignals, kind: 'entity' | 'alerts', id: string) {
  signals.send(HEALTH_SIGNAL_CHANNEL, { kind, id, version: 2 });
}

describe('HealthQueries', () => {
  it('asks again for the alerts and objectives of an entity when a signal tells of its alerts', async () => {
    const { healthApi, signals, queries } = open();
    const { client } = queries;
    const ends = [
      new QueryObserver(client, queries.alerts({ entityRefs: [ORDERS] })),
      new QueryObserver(client, queries.alerts({ state: 'firing' })),
      new QueryObserver(
        client,
        queries.alerts({ entityRefs: ['component:default/web'] }),
      ),
      new QueryObserver(client, queries.objectives(ORDERS, 'local')),
    ].map(observer => observer.subscribe(() => {}));
    await waitFor(() => expect(client.isFetching()).toBe(0));
    expect(healthApi.alertQueries).toHaveLength(3);

    tell(signals, 'alerts', ORDERS);
    await waitFor(() => expect(healthApi.objectivesRequests).toBe(2));
    // Its own, and those of everything; not those of another.
    expect(healthApi.alertQueries.slice(3)).toEqual([
      { entityRefs: [ORDERS] },
      { state: 'firing' },
    ]);
    ends.forEach(end => end());
  });

  it('asks again how an entity is when its alerts change: they count in its status', async () => {
    const { healthApi, signals, queries } = open();
    const observer = new QueryObserver(queries.client, queries.report(ORDERS));
    const end = observer.subscribe(() => {});
    await waitFor(() => expect(observer.getCurrentResult().data).toBeDefined());
    tell(signals, 'alerts', 'component:default/web');
    tell(signals, 'alerts', ORDERS);
    await waitFor(() => expect(healthApi.reportRequests).toBe(2));
    end();
  });

  it('asks again for the metrics of an entity whose health changed: it may have been a deploy', async () => {
    const { healthApi, signals, queries } = open();
    const observer = new QueryObserver(
      queries.client,
      queries.metrics(ORDERS, 'local', 'PT15M'),
    );
    const end = observer.subscribe(() => {});
    await waitFor(() => expect(observer.getCurrentResult().data).toBeDefined());
    tell(signals, 'entity', 'component:default/web');
    tell(signals, 'entity', ORDERS);
    await waitFor(() => expect(healthApi.metricsRequests).toHaveLength(2));
    end();
  });

  it('looks more often at short windows than at long ones', () => {
    expect(refreshEveryMs('PT5M')).toBe(5000);
    expect(refreshEveryMs('PT15M')).toBe(10_000);
    expect(refreshEveryMs('PT24H')).toBe(60_000);
  });
});
