import {
  SearchFilterResultTypeBlueprint,
  SearchResultListItemBlueprint,
} from '@backstage/plugin-search-react/alpha';
import { RiArticleLine, RiGitRepositoryLine } from '@remixicon/react';

/** The kinds of documents that the search backend module puts into the index. */
const found = [
  {
    type: 'repository',
    kind: 'Repository',
    plural: 'Repositories',
    icon: <RiGitRepositoryLine />,
  },
  {
    type: 'docs',
    kind: 'Document',
    plural: 'Documents',
    icon: <RiArticleLine />,
  },
];

/** How repositories and documents look among the results of the search, and the filters for them. */
export const searchExtensions = found.flatMap(
  ({ type, kind, plural, icon }) => [
    SearchResultListItemBlueprint.make({
      name: type,
      params: {
        predicate: result => result.type === type,
        component: async () => {
          const { SearchResult } = await import('./components/SearchResult');
          return props => <SearchResult {...props} kind={kind} icon={icon} />;
        },
      },
    }),
    SearchFilterResultTypeBlueprint.make({
      name: type,
      params: { value: type, name: plural, icon },
    }),
  ],
);
