import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useClients } from './useClients';

/** How many repositories' histories the activity is read from, the last changed ones. */
const HISTORIES = 5;

/** Repositories, last changed first. */
export function useRepositories() {
  const { forge } = useClients();
  return useQuery({
    queryKey: ['repositories'],
    refetchInterval: 30_000,
    queryFn: async ({ signal }) =>
      (await forge.listRepositories({ pageSize: 100 }, { signal })).items,
  });
}

/** The newest commits of the repositories that changed last. */
export function useRecentCommits() {
  const { forge } = useClients();
  const repositories = useRepositories();
  const names = repositories.data?.slice(0, HISTORIES).map(({ name }) => name);
  const heads = repositories.data
    ?.slice(0, HISTORIES)
    .map(({ head }) => head?.sha);
  const commits = useQuery({
    queryKey: ['recent commits', names, heads],
    enabled: names !== undefined,
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }) => {
      const histories = await Promise.all(
        (names ?? []).map(async repository => {
          const { items } = await forge.listCommits(
            repository,
            { pageSize: 10 },
            { signal },
          );
          return items.map(commit => ({ repository, commit }));
        }),
      );
      return histories.flat();
    },
  });
  return {
    data: commits.data,
    error: repositories.error ?? commits.error,
    refetch: () => {
      repositories.refetch();
      commits.refetch();
    },
  };
}
