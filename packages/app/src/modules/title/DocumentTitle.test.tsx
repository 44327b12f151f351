import { renderInTestApp } from '@backstage/frontend-test-utils';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Link } from 'react-router-dom';
import { DocumentTitle } from './DocumentTitle';

it('says where one is, and goes along', async () => {
  renderInTestApp(
    <>
      <DocumentTitle />
      <Link to="/catalog/default/component/orders/health">orders</Link>
    </>,
    { config: { app: { title: 'Acme' } } },
  );
  await waitFor(() => expect(document.title).toBe('Home · Acme'));
  await userEvent.click(await screen.findByRole('link', { name: 'orders' }));
  await waitFor(() => expect(document.title).toBe('orders · Health · Acme'));
});
