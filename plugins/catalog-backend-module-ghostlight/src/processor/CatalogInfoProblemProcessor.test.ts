import { Entity } from '@backstage/catalog-model';
import { CatalogInfoProblemProcessor } from './CatalogInfoProblemProcessor';

const location = { type: 'url', target: 'http://portal/forge/orders' };
const entity = (problem?: string): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    name: 'orders',
    annotations: problem
      ? { 'ghostlight.dev/catalog-info-problem': problem }
      : {},
  },
});

/** Processes in turn with one cache, as the catalog does, and answers with the errors of each pass. */
async function errorsOf(...passes: Entity[]): Promise<string[][]> {
  const cached = new Map<string, unknown>();
  const cache = {
    get: async <T>(key: string) => cached.get(key) as T | undefined,
    set: async (key: string, value: unknown) => {
      cached.set(key, value);
    },
  };
  const errors: string[][] = [];
  for (const each of passes) {
    const pass: string[] = [];
    await new CatalogInfoProblemProcessor().postProcessEntity(
      each,
      location,
      result => result.type === 'error' && pass.push(result.error.message),
      cache,
    );
    errors.push(pass);
  }
  return errors;
}

it('an entity that is served keeps being served and shows the problem until it is gone', async () => {
  expect(
    await errorsOf(entity(), entity('catalog-info.yaml:3: x'), entity()),
  ).toEqual([[], ['catalog-info.yaml:3: x'], []]);
});

it('an entity that was never served is served first', async () => {
  const broken = entity('catalog-info.yaml:3: x');
  expect(await errorsOf(broken, broken)).toEqual([
    [],
    ['catalog-info.yaml:3: x'],
  ]);
});
