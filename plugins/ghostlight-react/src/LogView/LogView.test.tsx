import { fireEvent, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import axe from 'axe-core';
import type { LogEntry, LogSnapshot } from './LogEntry';
import { LogView } from './LogView';

// jsdom lays nothing out: give the view a height, so that it has lines to show.
beforeEach(() => {
  jest
    .spyOn(HTMLElement.prototype, 'offsetHeight', 'get')
    .mockImplementation(function height(this: HTMLElement) {
      return this.getAttribute('role') === 'log' ? 400 : 20;
    });
  jest.spyOn(HTMLElement.prototype, 'offsetWidth', 'get').mockReturnValue(1000);
  Element.prototype.scrollTo = jest.fn();
});
afterEach(() => jest.restoreAllMocks());

function line(n: number, text: string, source = 'orders-1-aaaaa'): LogEntry {
  return {
    kind: 'line',
    id: String(n),
    at: new Date(Date.UTC(2026, 10, 21, 12, 0, n)).toISOString(),
    source,
    text,
  };
}

function snapshot(...entries: LogEntry[]): LogSnapshot {
  const sources = entries.flatMap(entry =>
    entry.kind === 'line' ? [entry.source] : [],
  );
  return { entries, dropped: 0, sources: [...new Set(sources)] };
}

async function choose(label: string, option: string) {
  const user = userEvent.setup();
  await user.click(screen.getByRole('button', { name: new RegExp(label) }));
  await user.click(await screen.findByRole('option', { name: option }));
}

describe('LogView', () => {
  it('keeps only the lines in view in the page, however long the log is', () => {
    const entries = Array.from({ length: 20_000 }, (_, n) =>
      line(n, `line ${n}`),
    );
    render(<LogView label="orders" log={snapshot(...entries)} />);
    expect(screen.getByText('20,000 lines')).toBeInTheDocument();
    const shown = screen.getByRole('log').querySelectorAll('[data-index]');
    expect(shown.length).toBeGreaterThan(0);
    expect(shown.length).toBeLessThan(200);
  });

  it('marks what is searched for, says n of m and walks from match to match', async () => {
    const user = userEvent.setup();
    render(
      <LogView
        label="orders"
        log={snapshot(
          line(1, 'GET /cart'),
          line(2, 'POST /order'),
          line(3, 'get /cart again'),
        )}
      />,
    );
    await user.type(screen.getByRole('searchbox'), 'get');
    expect(await screen.findByTestId('log-matches')).toHaveTextContent(
      '2 of 2',
    );
    expect(
      [...document.querySelectorAll('mark')].map(mark => mark.textContent),
    ).toEqual(['GET', 'get']);

    await user.keyboard('{Enter}{Enter}');
    expect(screen.getByTestId('log-matches')).toHaveTextContent('1 of 2');
    await user.keyboard('{Shift>}{Enter}{/Shift}');
    expect(screen.getByTestId('log-matches')).toHaveTextContent('2 of 2');
  });

  it('says so where nothing matches', async () => {
    const user = userEvent.setup();
    render(<LogView label="orders" log={snapshot(line(1, 'GET /cart'))} />);
    await user.type(screen.getByRole('searchbox'), 'zebra');
    expect(await screen.findByTestId('log-matches')).toHaveTextContent(
      '0 of 0',
    );
    expect(screen.getByLabelText('Next match')).toBeDisabled();
  });

  it('narrows to a level and keeps the stack trace with its error', async () => {
    render(
      <LogView
        label="orders"
        log={snapshot(
          line(1, '{"level":"info","msg":"started"}'),
          line(2, 'ERROR cannot charge'),
          line(3, '    at charge (pay.ts:12)'),
          line(4, '{"level":20,"msg":"cache miss"}'),
        )}
      />,
    );
    await choose('Level', 'Warnings and errors');
    expect(screen.queryByText('started')).not.toBeInTheDocument();
    expect(screen.queryByText('cache miss')).not.toBeInTheDocument();
    expect(screen.getByText('ERROR cannot charge')).toBeInTheDocument();
    expect(screen.getByText(/at charge/)).toBeInTheDocument();
    expect(screen.getByText('2 of 4 lines')).toBeInTheDocument();
  });

  it('narrows to a replica but never hides that lines are missing', async () => {
    render(
      <LogView
        label="orders"
        log={snapshot(
          line(1, 'from one', 'orders-1-aaaaa'),
          { kind: 'gap', id: 'g', at: line(2, '').at, text: 'Lines missing' },
          line(3, 'from two', 'orders-1-bbbbb'),
        )}
      />,
    );
    await choose('Replica', 'orders-1-bbbbb');
    expect(screen.queryByText('from one')).not.toBeInTheDocument();
    expect(screen.getByText('from two')).toBeInTheDocument();
    expect(screen.getByText('Lines missing')).toBeInTheDocument();
  });

  it('holds still when paused, goes on collecting and says how much waits', async () => {
    const user = userEvent.setup();
    const first = line(1, 'first');
    const { rerender } = render(
      <LogView label="orders" log={snapshot(first)} />,
    );
    await user.click(screen.getByRole('button', { name: 'Pause' }));
    rerender(
      <LogView
        label="orders"
        log={snapshot(first, line(2, 'second'), line(3, 'third'))}
      />,
    );
    expect(screen.queryByText('second')).not.toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Resume, 2 waiting' }));
    expect(screen.getByText('third')).toBeInTheDocument();
  });

  it('shows the message of a JSON line and its fields on demand', async () => {
    const user = userEvent.setup();
    render(
      <LogView
        label="orders"
        log={snapshot(
          line(1, '{"level":"warn","msg":"slow","ms":812,"route":"/cart"}'),
        )}
      />,
    );
    expect(screen.getByText('slow')).toHaveTextContent(
      'slow ms=812 route=/cart',
    );
    expect(screen.queryByText('812')).not.toBeInTheDocument();
    await user.click(screen.getByLabelText('Show fields'));
    expect(screen.getByText('812')).toBeInTheDocument();
    expect(screen.getByText('/cart')).toBeInTheDocument();
  });

  it('is walked by keyboard: lines, copy, search', async () => {
    const user = userEvent.setup();
    render(
      <LogView label="orders" log={snapshot(line(1, 'one'), line(2, 'two'))} />,
    );
    const copied = jest.spyOn(navigator.clipboard, 'writeText');
    screen.getByRole('log').focus();
    await user.keyboard('{ArrowUp}{ArrowUp}c');
    expect(copied).toHaveBeenCalledWith('one');
    await user.keyboard('/');
    expect(screen.getByRole('searchbox')).toHaveFocus();
  });

  it('lets go of the end when scrolled up and takes hold again on request', async () => {
    const user = userEvent.setup();
    const entries = Array.from({ length: 500 }, (_, n) => line(n, `line ${n}`));
    render(<LogView label="orders" log={snapshot(...entries)} />);
    const log = screen.getByRole('log');
    Object.defineProperty(log, 'scrollHeight', { value: 10_000 });
    Object.defineProperty(log, 'clientHeight', { value: 400 });
    expect(screen.queryByText('Follow the newest')).not.toBeInTheDocument();

    log.scrollTop = 5000;
    fireEvent.scroll(log);
    log.scrollTop = 1000;
    fireEvent.scroll(log);
    await user.click(await screen.findByText('Follow the newest'));
    expect(screen.queryByText('Follow the newest')).not.toBeInTheDocument();
  });

  it('hands the download to its owner, who may know more lines', async () => {
    const user = userEvent.setup();
    const onDownload = jest.fn();
    render(
      <LogView
        label="orders"
        log={snapshot(line(1, 'one'))}
        onDownload={onDownload}
      />,
    );
    await user.click(screen.getByRole('button', { name: 'Download' }));
    expect(onDownload).toHaveBeenCalledTimes(1);
  });

  it('has nothing that axe objects to', async () => {
    const { container } = render(
      <LogView
        label="orders"
        log={snapshot(
          line(1, '{"level":"warn","msg":"slow","ms":812}'),
          line(2, 'from two', 'orders-1-bbbbb'),
        )}
      />,
    );
    expect(within(container).getByRole('log')).toBeInTheDocument();
    const { violations } = await axe.run(container, {
      // jsdom neither lays out nor paints: the browser tests look at colours.
      rules: {
        region: { enabled: false },
        'color-contrast': { enabled: false },
      },
    });
    expect(violations.map(violation => violation.id)).toEqual([]);
  });
});
