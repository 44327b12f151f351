import { render, screen } from '@testing-library/react';
import { Status } from './Status';

describe('Status', () => {
  it('says every state in a word and draws an icon beside it', () => {
    render(<Status value="waiting" />);
    const word = screen.getByText('Waiting for you');
    expect(word.parentElement?.querySelector('svg')).toHaveAttribute(
      'aria-hidden',
      'true',
    );
  });

  it('lets a domain use its own word for a state', () => {
    render(<Status value="healthy" word="Ready" />);
    expect(screen.getByText('Ready')).toBeInTheDocument();
    expect(screen.queryByText('Healthy')).not.toBeInTheDocument();
  });
});
