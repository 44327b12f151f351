import { render, screen } from '@testing-library/react';
import { formatBytes } from '../format';
import { Meter } from './Meter';

describe('Meter', () => {
  it('tells value and limit in text as well as in the bar', () => {
    render(
      <Meter
        label="Memory of orders-1"
        value={96 * 1024 ** 2}
        limit={128 * 1024 ** 2}
        format={formatBytes}
      />,
    );
    expect(screen.getByText('of 128 MiB')).toBeInTheDocument();
    expect(
      screen.getByRole('meter', { name: 'Memory of orders-1' }),
    ).toHaveAttribute('aria-valuetext', '96 of 128 MiB');
  });

  it('draws no bar where there is no limit', () => {
    render(<Meter label="Memory" value={1024} format={formatBytes} />);
    expect(screen.getByText('no limit')).toBeInTheDocument();
    expect(screen.queryByRole('meter')).not.toBeInTheDocument();
  });
});
