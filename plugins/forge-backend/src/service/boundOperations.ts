import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { z } from 'zod/v3';
import { Operation, OperationId, operations } from '../operations';
import { ChangeRequestService } from './ChangeRequestService';
import { ContentService } from './ContentService';
import { RepositoryService } from './RepositoryService';
import { TokenService } from './TokenService';

/** An operation with what does it: the one way in, for HTTP and MCP alike. */
export interface BoundOperation {
  operation: Operation;
  /** @throws InputError for input that is not as declared */
  run(
    raw: unknown,
    credentials: BackstageCredentials,
  ): Promise<Record<string, unknown>>;
}

function bind<I extends z.AnyZodObject, O extends z.AnyZodObject>(
  operation: Operation<I, O>,
  handle: (
    input: z.output<I>,
    credentials: BackstageCredentials,
  ) => Promise<z.output<O>>,
): BoundOperation {
  return {
    operation,
    async run(raw, credentials) {
      const parsed = operation.input.safeParse(raw);
      if (!parsed.success) {
        throw new InputError(
          parsed.error.issues
            .map(({ path, message }) =>
              path.length > 0 ? `${path.join('.')}: ${message}` : message,
            )
            .join('; '),
        );
      }
      return handle(parsed.data, credentials);
    },
  };
}

export function bindOperations(services: {
  repositories: RepositoryService;
  content: ContentService;
  changeRequests: ChangeRequestService;
  tokens: TokenService;
}): Record<OperationId, BoundOperation> {
  const { repositories, content, changeRequests, tokens } = services;
  const o = operations;
  return {
    listRepositories: bind(o.listRepositories, (i, c) =>
      repositories.list(i, c),
    ),
    createRepository: bind(o.createRepository, (i, c) =>
      repositories.create(i, c),
    ),
    getRepository: bind(o.getRepository, (i, c) => repositories.get(i, c)),
    deleteRepository: bind(o.deleteRepository, (i, c) =>
      repositories.delete(i, c),
    ),
    listBranches: bind(o.listBranches, (i, c) => content.branches(i, c)),
    createBranch: bind(o.createBranch, (i, c) => content.createBranch(i, c)),
    listCommits: bind(o.listCommits, (i, c) => content.commits(i, c)),
    getCommit: bind(o.getCommit, (i, c) => content.commit(i, c)),
    commitFiles: bind(o.commitFiles, (i, c) => content.commitFiles(i, c)),
    getTree: bind(o.getTree, (i, c) => content.tree(i, c)),
    getFile: bind(o.getFile, (i, c) => content.file(i, c)),
    getDiff: bind(o.getDiff, (i, c) => content.diff(i, c)),
    listChangeRequests: bind(o.listChangeRequests, (i, c) =>
      changeRequests.list(i, c),
    ),
    openChangeRequest: bind(o.openChangeRequest, (i, c) =>
      changeRequests.open(i, c),
    ),
    getChangeRequest: bind(o.getChangeRequest, (i, c) =>
      changeRequests.get(i, c),
    ),
    getChangeRequestDiff: bind(o.getChangeRequestDiff, (i, c) =>
      changeRequests.diff(i, c),
    ),
    mergeChangeRequest: bind(o.mergeChangeRequest, (i, c) =>
      changeRequests.merge(i, c),
    ),
    closeChangeRequest: bind(o.closeChangeRequest, (i, c) =>
      changeRequests.close(i, c),
    ),
    getReadAccess: bind(o.getReadAccess, (i, c) => tokens.readAccess(i, c)),
    listTokens: bind(o.listTokens, (i, c) => tokens.list(i, c)),
    createToken: bind(o.createToken, (i, c) => tokens.create(i, c)),
    deleteToken: bind(o.deleteToken, (i, c) => tokens.delete(i, c)),
  };
}
