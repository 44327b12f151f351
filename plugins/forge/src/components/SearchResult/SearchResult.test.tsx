import { renderInTestApp } from '@backstage/frontend-test-utils';
import { screen } from '@testing-library/react';
import { SearchResult } from './SearchResult';

it('marks the words that were looked for, and leads to what was found', async () => {
  renderInTestApp(
    <SearchResult
      kind="Document"
      icon={<i />}
      result={{
        title: 'orders: On call',
        text: 'Look at Health first.',
        location: '/catalog/default/component/orders/documentation?page=a.md',
      }}
      highlight={{
        preTag: '<1>',
        postTag: '</1>',
        fields: { text: 'Look at <1>Health</1> first.' },
      }}
    />,
  );
  const link = await screen.findByRole('link', { name: 'orders: On call' });
  expect(link).toHaveAttribute('href', expect.stringContaining('?page=a.md'));
  expect(screen.getByText('Health').tagName).toBe('MARK');
});
