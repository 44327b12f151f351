import { renderInTestApp } from '@backstage/frontend-test-utils';
import { signalApiRef } from '@backstage/plugin-signals-react';
import {
  HEALTH_SIGNAL_CHANNEL,
  HealthSummary,
} from '@ghostlight/plugin-health-common';
import { act, screen, waitFor } from '@testing-library/react';
import { HealthQueries, healthQueriesApiRef } from '../../api';
import { useHealthSummaries } from '../../hooks';
import { FakeHealthApi } from '../../testing/FakeHealthApi';
import { FakeSignals } from '../../testing/FakeSignals';
import { HealthStatusChip } from './HealthStatusChip';

const healthy: HealthSummary = {
  status: 'healthy',
  sentence: 'Healthy. 3 of 3 replicas ready.',
  ready: 3,
  desired: 3,
};
const failing: HealthSummary = {
  status: 'failing',
  sentence: 'Failing. 0 of 2 replicas ready.',
  ready: 0,
  desired: 2,
};
const orders = 'component:default/orders';
const payments = 'component:default/payments';
const unseen = 'component:default/unseen';

function Home(props: { refs: string[] }) {
  const { summaries, isLoading } = useHealthSummaries(props.refs);
  return (
    <p>
      {isLoading
        ? 'loading'
        : `${
            [...summaries.values()].filter(s => s.status !== 'healthy').length
          } need you`}
    </p>
  );
}

function show(element: JSX.Element, healthApi: FakeHealthApi) {
  const signals = new FakeSignals();
  renderInTestApp(element, {
    apis: [
      [healthQueriesApiRef, new HealthQueries({ healthApi })],
      [signalApiRef, signals],
    ],
  });
  return signals;
}

describe('HealthStatusChip and useHealthSummaries', () => {
  it('ask once for everything on the page', async () => {
    const healthApi = new FakeHealthApi({
      summaries: { [orders]: healthy, [payments]: failing },
    });
    show(
      <>
        <HealthStatusChip entityRef={orders} showReplicas />
        <HealthStatusChip entityRef={payments} showReplicas />
        <HealthStatusChip entityRef={orders} />
        <Home refs={[orders, payments]} />
      </>,
      healthApi,
    );
    expect(await screen.findByText('Failing')).toBeInTheDocument();
    expect(screen.getByText('3 of 3')).toBeInTheDocument();
    expect(screen.getByText('0 of 2')).toBeInTheDocument();
    expect(screen.getByText('1 need you')).toBeInTheDocument();
    expect(healthApi.summaryRequests).toEqual([[orders, payments]]);
  });

  it('are unknown, not healthy, for what cannot be seen', async () => {
    show(<HealthStatusChip entityRef={unseen} />, new FakeHealthApi());
    expect(await screen.findByText('Unknown')).toBeInTheDocument();
  });

  it('ask again for the one entity that a signal tells of', async () => {
    const summaries = { [orders]: healthy, [payments]: healthy };
    const healthApi = new FakeHealthApi({ summaries });
    const signals = show(
      <>
        <HealthStatusChip entityRef={orders} />
        <HealthStatusChip entityRef={payments} />
      </>,
      healthApi,
    );
    await waitFor(() => expect(screen.getAllByText('Healthy')).toHaveLength(2));
    summaries[payments] = failing;
    act(() =>
      signals.send(HEALTH_SIGNAL_CHANNEL, {
        kind: 'entity',
        id: payments,
        version: 2,
      }),
    );
    expect(await screen.findByText('Failing')).toBeInTheDocument();
    expect(healthApi.summaryRequests).toEqual([[orders, payments], [payments]]);
  });
});
