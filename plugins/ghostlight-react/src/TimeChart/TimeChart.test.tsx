import { act, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import axe from 'axe-core';
import { ChartGroup, ChartPoint, ChartSeries, TimeChart } from '.';

const from = Date.parse('2026-11-21T14:00:00Z') / 1000;

function iso(seconds: number): string {
  return new Date((from + seconds) * 1000).toISOString();
}

/** A point each 10 s of 5 minutes. */
function points(value: (n: number) => number | null): ChartPoint[] {
  return Array.from({ length: 31 }, (_, n) => [from + n * 10, value(n)]);
}

const latency: ChartSeries[] = [
  { name: 'p50', points: points(() => 21), look: 'quiet' },
  { name: 'p95', points: points(n => 80 + n) },
];
const requests: ChartSeries[] = [
  { name: 'requests', points: points(n => (n >= 10 && n < 14 ? null : n)) },
];
const deploy = {
  id: '1',
  at: iso(150),
  title: 'Deploy a1b2c3d',
  detail: 'Greet people, by Maya Lindqvist',
};

function charts(series: ChartSeries[] = requests) {
  return (
    <ChartGroup
      from={iso(0)}
      to={iso(300)}
      stepSeconds={10}
      isLive
      markers={[deploy]}
      shades={[{ from: iso(60), to: iso(90), label: 'incident', tone: 'bad' }]}
    >
      <TimeChart title="Latency" series={latency} unit="ms" />
      <TimeChart
        title="Requests/s"
        series={series}
        unit="per-second"
        limit={{ value: 50, label: 'limit' }}
      />
    </ChartGroup>
  );
}

function chart(name: string) {
  return within(screen.getByRole('figure', { name }));
}

/** The time axis of a chart. */
function axis(name: string) {
  return screen.getByRole('slider', { name: `Time in ${name}` });
}

describe('TimeChart', () => {
  it('says its newest values with their units, and names the lines where they end', async () => {
    const { container } = render(charts());
    expect(chart('Latency').getByText('110 ms p95')).toBeInTheDocument();
    expect(chart('Latency').getByText('21 ms p50')).toBeInTheDocument();
    expect(chart('Latency').getByText('now')).toBeInTheDocument();
    expect(chart('Latency').getByText('p95')).toBeInTheDocument();
    expect(chart('Requests/s').getByText('30/s')).toBeInTheDocument();
    expect(chart('Requests/s').getByText('limit 50/s')).toBeInTheDocument();
    await screen.findAllByText('100 ms');
    expect(container.querySelectorAll('.recharts-line-curve')).toHaveLength(3);
  });

  it('walks all charts of the screen by the keys of one', async () => {
    const user = userEvent.setup();
    render(charts());
    await user.tab();
    await user.tab();
    expect(axis('Latency')).toHaveFocus();
    await user.keyboard('{Home}');
    expect(chart('Latency').getByText('80 ms p95')).toBeInTheDocument();
    expect(chart('Requests/s').getByText('0/s')).toBeInTheDocument();
    await user.keyboard('{ArrowRight}{ArrowRight}');
    expect(chart('Latency').getByText('82 ms p95')).toBeInTheDocument();
    // The next chart takes the crosshair over where it is.
    act(() => axis('Requests/s').focus());
    expect(axis('Requests/s')).toHaveAttribute(
      'aria-valuetext',
      expect.stringMatching(/^\d\d:00:20: 2\/s requests$/),
    );
    await user.keyboard('{End}{ArrowLeft}');
    expect(chart('Latency').getByText('109 ms p95')).toBeInTheDocument();
    await user.keyboard('{Escape}');
    expect(chart('Latency').getByText('now')).toBeInTheDocument();
  });

  it('goes from deploy to deploy and tells whose it is', async () => {
    const user = userEvent.setup();
    render(charts());
    act(() => axis('Latency').focus());
    await user.keyboard('{PageUp}');
    expect(axis('Latency')).toHaveAttribute(
      'aria-valuetext',
      expect.stringContaining(
        'Deploy a1b2c3d: Greet people, by Maya Lindqvist',
      ),
    );
    expect(
      chart('Latency').getByRole('button', { name: 'Deploy a1b2c3d' }),
    ).toBeInTheDocument();
  });

  it('names what a stretch is shaded for, to eyes and ears', async () => {
    const user = userEvent.setup();
    render(charts());
    expect(chart('Latency').getByText('incident')).toBeInTheDocument();
    act(() => axis('Latency').focus());
    await user.keyboard('{Home}');
    expect(axis('Latency')).not.toHaveAttribute(
      'aria-valuetext',
      expect.stringContaining('incident'),
    );
    await user.keyboard('{ArrowRight>7/}');
    expect(axis('Latency')).toHaveAttribute(
      'aria-valuetext',
      expect.stringMatching(/: 21 ms p50, 87 ms p95\. During incident$/),
    );
  });

  it('shows no value where none was measured: not 0, and not one of before', async () => {
    const user = userEvent.setup();
    const { container } = render(charts());
    act(() => axis('Requests/s').focus());
    await user.keyboard('{Home}{Shift>}{ArrowRight}{/Shift}');
    expect(chart('Requests/s').getByText('no data')).toBeInTheDocument();
    await screen.findAllByText('100 ms');
    const [, , line] = container.querySelectorAll('.recharts-line-curve');
    // Two pieces: the pen is lifted between them.
    expect(line.getAttribute('d')?.match(/M/g)).toHaveLength(2);
    const hatched = [
      ...container.querySelectorAll('.recharts-reference-area-rect'),
    ].filter(area => area.getAttribute('fill')?.startsWith('url('));
    expect(hatched).toHaveLength(1);
  });

  it('says since when there are no data', () => {
    render(
      charts([{ name: 'requests', points: points(n => (n <= 12 ? n : null)) }]),
    );
    expect(
      chart('Requests/s').getByText(/^no data since \d\d:02:00$/),
    ).toBeInTheDocument();
    expect(chart('Requests/s').queryByText('now')).not.toBeInTheDocument();
  });

  it('is a table on demand, newest first', async () => {
    const user = userEvent.setup();
    render(charts());
    await user.click(
      screen.getByRole('button', { name: 'Latency as a table' }),
    );
    const rows = within(
      screen.getByRole('region', { name: 'Latency as a table' }),
    ).getAllByRole('row');
    expect(rows).toHaveLength(32);
    expect(rows[1]).toHaveTextContent(/:05:00.*21 ms.*110 ms/);
    await user.click(
      screen.getByRole('button', { name: 'Latency as a chart' }),
    );
    expect(axis('Latency')).toBeInTheDocument();
  });

  it('has nothing that axe objects to, as chart and as table', async () => {
    const user = userEvent.setup();
    const { container } = render(charts());
    await screen.findAllByText('100 ms');
    await user.click(
      screen.getByRole('button', { name: 'Latency as a table' }),
    );
    const { violations } = await axe.run(container, {
      // jsdom neither lays out nor paints: the browser tests look at colours.
      rules: {
        region: { enabled: false },
        'color-contrast': { enabled: false },
      },
    });
    expect(
      violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`),
    ).toEqual([]);
  });
});
