import { parseCatalogInfo } from './parseCatalogInfo';

const component = `apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: orders
spec: {type: service}
`;

describe('parseCatalogInfo', () => {
  it('reads each document into an entity of the namespace default', () => {
    const api = component.replace('Component', 'API');
    const { entities, problems } = parseCatalogInfo(
      `---\n${component}---\n${api}---\n`,
    );
    expect(problems).toEqual([]);
    expect(entities.map(each => [each.kind, each.metadata.namespace])).toEqual([
      ['Component', 'default'],
      ['API', 'default'],
    ]);
  });

  it.each(['User', 'Group', 'Template', 'Location'])(
    'does not let a repository declare a %s',
    kind => {
      const { entities, problems } = parseCatalogInfo(
        `${component}---\n${component.replace('Component', kind)}`,
      );
      expect(entities).toHaveLength(1);
      expect(problems).toEqual([
        expect.stringMatching(
          new RegExp(
            `^catalog-info.yaml:8: a repository may not declare a ${kind}`,
          ),
        ),
      ]);
    },
  );

  it.each([
    ['broken YAML', `${component}x: [`, /^catalog-info\.yaml:6: /],
    ['no entity', '\n', /^catalog-info\.yaml:1: declares no entity/],
    ['a list', '- a', /^catalog-info\.yaml:1: /],
    ['no name', component.replace('name: orders', 'title: x'), /name/],
    [
      'another namespace',
      component.replace('name: orders', 'name: orders\n  namespace: other'),
      /^catalog-info\.yaml:5: namespace other/,
    ],
    [
      'an entity twice',
      `${component}---\n${component}`,
      /^catalog-info\.yaml:7: .* declared twice/,
    ],
  ])('tells the line of %s', (_, text, expected) => {
    expect(parseCatalogInfo(text).problems.join('\n')).toMatch(expected);
  });

  it('keeps YAML and shell in values as text', () => {
    const { entities } = parseCatalogInfo(
      component.replace(
        'orders\n',
        'orders\n  description: "$(id) ---\\nkind: User"\n',
      ),
    );
    expect(entities).toHaveLength(1);
    expect(entities[0].metadata.description).toBe('$(id) ---\nkind: User');
  });
});
