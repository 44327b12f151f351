import { act, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { formatExactTime } from '../format';
import { RelativeTime } from './RelativeTime';

describe('RelativeTime', () => {
  beforeEach(() => {
    jest.useFakeTimers({ now: new Date('2026-11-21T12:00:00Z') });
  });
  afterEach(() => jest.useRealTimers());

  it('grows older by itself, all on one timer that ends with the last', () => {
    const { unmount } = render(
      <>
        <RelativeTime at="2026-11-21T11:59:00Z" />
        <RelativeTime at="2026-11-21T11:58:00Z" />
      </>,
    );
    expect(screen.getByText('1 min ago')).toBeInTheDocument();
    expect(jest.getTimerCount()).toBe(1);

    act(() => {
      jest.advanceTimersByTime(60_000);
    });
    expect(screen.getByText('2 min ago')).toBeInTheDocument();
    expect(screen.getByText('3 min ago')).toBeInTheDocument();

    unmount();
    expect(jest.getTimerCount()).toBe(0);
  });

  it('carries the exact time and lets the keyboard reach it', async () => {
    const user = userEvent.setup({ advanceTimers: jest.advanceTimersByTime });
    const at = '2026-11-21T11:59:00Z';
    render(<RelativeTime at={at} />);
    await user.tab();
    expect(screen.getByText('1 min ago')).toHaveFocus();
    expect(screen.getByTitle(formatExactTime(at))).toHaveFocus();
  });
});
