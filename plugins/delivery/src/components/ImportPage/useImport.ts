import { identityApiRef, useApi } from '@backstage/frontend-plugin-api';
import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import type {
  ImportProposal,
  ImportRequest,
} from '@ghostlight/plugin-delivery-common';
import { useMutation, useQuery } from '@tanstack/react-query';
import { deliveryApiRef, deliveryCacheApiRef, sourceApiRef } from '../../api';

const BRANCH = 'add-catalog-info';

export interface Choice {
  id: string;
  label: string;
}

/** Teams that can own it, the person's own first, and systems it can be part of. */
export function useChoices() {
  const catalog = useApi(catalogApiRef);
  const identity = useApi(identityApiRef);
  return useQuery(
    {
      queryKey: ['import-choices'],
      queryFn: async (): Promise<{ owners: Choice[]; systems: Choice[] }> => {
        const [{ items }, { ownershipEntityRefs }] = await Promise.all([
          catalog.getEntities({
            filter: [{ kind: 'Group' }, { kind: 'System' }],
            fields: [
              'kind',
              'metadata.name',
              'metadata.namespace',
              'metadata.title',
              'spec.profile.displayName',
            ],
          }),
          identity.getBackstageIdentity(),
        ]);
        const choices = items.map(entity => ({
          id: stringifyEntityRef(entity),
          label: entity.metadata.title ?? entity.metadata.name,
        }));
        const of = (kind: string) =>
          choices.filter(({ id }) => parseEntityRef(id).kind === kind);
        const rank = ({ id }: Choice) =>
          ownershipEntityRefs.includes(id) ? 0 : 1;
        return {
          owners: of('group').sort((a, b) => rank(a) - rank(b)),
          systems: of('system'),
        };
      },
    },
    useApi(deliveryCacheApiRef),
  );
}

/** Repositories of the forge, newest change first. */
export function useRepositories() {
  const source = useApi(sourceApiRef);
  return useQuery(
    {
      queryKey: ['import-repositories'],
      queryFn: async ({ signal }) =>
        (await source.listRepositories({ pageSize: 100 }, { signal })).items,
    },
    useApi(deliveryCacheApiRef),
  );
}

export function useProposal() {
  const delivery = useApi(deliveryApiRef);
  return useMutation(
    {
      mutationFn: (request: ImportRequest) => delivery.proposeImport(request),
    },
    useApi(deliveryCacheApiRef),
  );
}

/** What was made of the proposal, and where it is. */
export type Applied =
  | { kind: 'change request'; repository: string; number: number }
  | { kind: 'repository'; repository: string };

/** Adds the files of a proposal: as a change request to a repository that is there, else in a new one. */
export function useApply() {
  const source = useApi(sourceApiRef);
  return useMutation(
    {
      mutationFn: async (input: {
        proposal: ImportProposal;
        owner: string;
      }): Promise<Applied> => {
        const { proposal, owner } = input;
        const files = proposal.files.map(({ path, content }) => ({
          path,
          content,
        }));
        const message = `Describe ${proposal.name} for the catalog`;
        if (proposal.repository === undefined) {
          const { name } = await source.createRepository({
            name: proposal.name,
            owner,
            files,
            message,
          });
          return { kind: 'repository', repository: name };
        }
        const { repository } = proposal;
        await source.createBranch(repository, { branch: BRANCH });
        await source.commitFiles(repository, {
          branch: BRANCH,
          message,
          files,
        });
        const { number } = await source.openChangeRequest(repository, {
          title: message,
          description: proposal.annotations
            .map(({ key, value, why }) => `- \`${key}: ${value}\`: ${why}`)
            .join('\n'),
          source: BRANCH,
        });
        return { kind: 'change request', repository, number };
      },
    },
    useApi(deliveryCacheApiRef),
  );
}
