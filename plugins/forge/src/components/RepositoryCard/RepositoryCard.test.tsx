import { renderTestApp } from '@backstage/frontend-test-utils';
import { createTestEntityPage } from '@backstage/plugin-catalog-react/testUtils';
import { screen } from '@testing-library/react';
import { fakeForge } from '../../__testUtils__/fakeForge';
import { ForgeCache, forgeApiRef, forgeCacheApiRef } from '../../api';
import { forgePlugin } from '../../plugin';

function openOverview(annotations: Record<string, string>) {
  renderTestApp({
    extensions: [
      createTestEntityPage({
        entity: {
          apiVersion: 'backstage.io/v1alpha1',
          kind: 'Component',
          metadata: { name: 'orders', namespace: 'default', annotations },
        },
      }),
      forgePlugin.getExtension('entity-card:forge/repository'),
    ],
    apis: [
      [forgeApiRef, fakeForge({}).client],
      [forgeCacheApiRef, new ForgeCache()],
    ],
  });
}

describe('the card of an entity', () => {
  it('leads to its repository and names the newest commit', async () => {
    openOverview({ 'ghostlight.dev/repository': 'orders' });
    expect(await screen.findByText('Cache greetings')).toBeInTheDocument();
    expect(screen.getByRole('link', { name: 'orders' })).toHaveAttribute(
      'href',
      '/forge/orders',
    );
  });

  it('says so when the annotation names a repository that is not there', async () => {
    openOverview({ 'ghostlight.dev/repository': 'nothing' });
    expect(
      await screen.findByText('The forge has no repository "nothing"'),
    ).toBeInTheDocument();
  });

  it('is not there without the annotation', async () => {
    openOverview({});
    expect(await screen.findByTestId('empty-entity-page')).toBeInTheDocument();
  });
});
