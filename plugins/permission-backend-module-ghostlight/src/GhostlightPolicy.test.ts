import { mockServices } from '@backstage/backend-test-utils';
import { GhostlightPolicy } from './GhostlightPolicy';

describe('GhostlightPolicy', () => {
  it('says which operator is no entity ref', () => {
    const config = mockServices.rootConfig({
      data: {
        ghostlight: { operators: ['group:default/platform', 'group:default/'] },
      },
    });
    expect(() => GhostlightPolicy.fromConfig(config)).toThrow(
      "ghostlight.operators names 'group:default/', which is no entity ref",
    );
  });
});
