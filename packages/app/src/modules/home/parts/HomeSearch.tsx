import { SearchField } from '@backstage/ui';
import { useNavigate } from 'react-router-dom';

/** Looks for anything in the portal. */
export function HomeSearch() {
  const navigate = useNavigate();
  return (
    <SearchField
      aria-label="Search components, people and docs"
      placeholder="Search components, people, docs"
      onSubmit={query => navigate(`/search?query=${encodeURIComponent(query)}`)}
    />
  );
}
