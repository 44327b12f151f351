import { z } from 'zod/v3';
import { Permission } from '@backstage/plugin-permission-common';
import {
  forgeRepositoryCreatePermission,
  forgeRepositoryDeletePermission,
  forgeRepositoryReadPermission,
  forgeRepositoryWritePermission,
} from '@ghostlight/plugin-forge-common';
import * as shape from './schema/schemas';

/** One capability of the forge, from which its HTTP route, its OpenAPI entry and its MCP action are made. */
export interface Operation<
  TInput extends z.AnyZodObject = z.AnyZodObject,
  TOutput extends z.AnyZodObject = z.AnyZodObject,
> {
  title: string;
  description: string;
  method: 'get' | 'post' | 'delete';
  /** Express path below `/api/forge`; its parameters are fields of the input, the rest is query (GET) or body. */
  path: string;
  /** Status of success; 200 when not given. */
  status?: 200 | 201;
  input: TInput;
  output: TOutput;
  /** What the service asks for; `undefined` when the operation only concerns the caller's own things. */
  permission: Permission | undefined;
  /** `undefined`: no MCP action, because the answer carries a secret or means nothing to an assistant. */
  action:
    | { readOnly?: boolean; destructive?: boolean; idempotent?: boolean }
    | undefined;
}

function operation<I extends z.AnyZodObject, O extends z.AnyZodObject>(
  definition: Operation<I, O>,
): Operation<I, O> {
  return definition;
}

const name = shape.repositoryName;
const number = z.coerce.number().int().min(1);
const read = { readOnly: true, idempotent: true };
const write = { destructive: false };

export const operations = {
  listRepositories: operation({
    title: 'List repositories',
    description:
      'Repositories of the forge, newest change first, searched by name and description.',
    method: 'get',
    path: '/repositories',
    input: z.object({
      search: z.string().max(200).optional(),
      owner: z.string().max(300).optional().describe('Entity ref'),
      ...shape.paging,
    }),
    output: z.object({
      items: z.array(shape.repository),
      total: z.number().int(),
    }),
    permission: forgeRepositoryReadPermission,
    action: read,
  }),
  createRepository: operation({
    title: 'Create a repository',
    description:
      'A new repository, with its first commit when files are given. Repeating a request with the same idempotencyKey returns the same repository.',
    method: 'post',
    path: '/repositories',
    status: 201,
    input: z.object({
      name,
      owner: z
        .string()
        .min(1)
        .max(300)
        .describe('Entity ref of a group or user'),
      description: z.string().max(500).optional(),
      files: z.array(shape.fileChange).max(2000).optional(),
      message: z.string().min(1).max(10_000).optional(),
      idempotencyKey: z.string().min(1).max(200).optional(),
    }),
    output: shape.repository,
    permission: forgeRepositoryCreatePermission,
    action: { destructive: false, idempotent: false },
  }),
  getRepository: operation({
    title: 'Get a repository',
    description: 'One repository with its newest commit, clone URL and owner.',
    method: 'get',
    path: '/repositories/:name',
    input: z.object({ name }),
    output: shape.repository,
    permission: forgeRepositoryReadPermission,
    action: read,
  }),
  deleteRepository: operation({
    title: 'Delete a repository',
    description:
      'Deletes the repository with all branches and change requests. There is no undo.',
    method: 'delete',
    path: '/repositories/:name',
    input: z.object({ name }),
    output: z.object({ name: z.string() }),
    permission: forgeRepositoryDeletePermission,
    action: { destructive: true },
  }),
  listBranches: operation({
    title: 'List branches',
    description: 'Branches with their newest commit, newest first.',
    method: 'get',
    path: '/repositories/:name/branches',
    input: z.object({ name }),
    output: z.object({ items: z.array(shape.branch) }),
    permission: forgeRepositoryReadPermission,
    action: read,
  }),
  createBranch: operation({
    title: 'Create a branch',
    description:
      'A new branch at a branch, tag or commit; at the default branch when not told.',
    method: 'post',
    path: '/repositories/:name/branches',
    status: 201,
    input: z.object({
      name,
      branch: shape.branchName,
      from: shape.revisionName.optional(),
    }),
    output: shape.branch,
    permission: forgeRepositoryWritePermission,
    action: write,
  }),
  listCommits: operation({
    title: 'List commits',
    description:
      'History of a branch, tag or commit, newest first; only commits that touch path when it is given.',
    method: 'get',
    path: '/repositories/:name/commits',
    input: z.object({
      name,
      branch: shape.revisionName.optional(),
      path: shape.anyPath.optional(),
      ...shape.paging,
    }),
    output: z.object({
      items: z.array(shape.commit),
      nextPage: z.number().int().optional(),
    }),
    permission: forgeRepositoryReadPermission,
    action: read,
  }),
  getCommit: operation({
    title: 'Get a commit',
    description: 'One commit by branch, tag or sha.',
    method: 'get',
    path: '/repositories/:name/commits/:sha',
    input: z.object({
      name,
      sha: z
        .string()
        .regex(/^[0-9a-f]{7,40}$/, 'A sha has 7 to 40 hexadecimal digits'),
    }),
    output: shape.commit,
    permission: forgeRepositoryReadPermission,
    action: read,
  }),
  commitFiles: operation({
    title: 'Commit files',
    description:
      'One commit on a branch that writes the given files; a file without content is deleted. With expectedHead it is refused when the branch moved.',
    method: 'post',
    path: '/repositories/:name/commits',
    status: 201,
    input: z.object({
      name,
      branch: shape.branchName.optional(),
      message: z.string().min(1).max(10_000),
      files: z.array(shape.fileChange).min(1).max(2000),
      expectedHead: z
        .string()
        .regex(
          /^[0-9a-f]{40}$/,
          'expectedHead is a sha of 40 hexadecimal digits',
        )
        .optional(),
    }),
    output: shape.commit,
    permission: forgeRepositoryWritePermission,
    action: write,
  }),
  getTree: operation({
    title: 'List files',
    description: 'Files and folders in one folder at a branch, tag or commit.',
    method: 'get',
    path: '/repositories/:name/tree',
    input: z.object({
      name,
      ref: shape.revisionName.optional(),
      path: shape.anyPath.optional(),
    }),
    output: shape.tree,
    permission: forgeRepositoryReadPermission,
    action: read,
  }),
  getFile: operation({
    title: 'Read a file',
    description:
      'Content of one file at a branch, tag or commit; text as utf8, anything else as base64.',
    method: 'get',
    path: '/repositories/:name/file',
    input: z.object({
      name,
      ref: shape.revisionName.optional(),
      path: shape.filePath,
    }),
    output: shape.fileContent,
    permission: forgeRepositoryReadPermission,
    action: read,
  }),
  getDiff: operation({
    title: 'Compare',
    description:
      'What changed between two branches, tags or commits; what a commit changed when from is not given.',
    method: 'get',
    path: '/repositories/:name/diff',
    input: z.object({
      name,
      from: shape.revisionName.optional(),
      to: shape.revisionName,
    }),
    output: shape.diff,
    permission: forgeRepositoryReadPermission,
    action: read,
  }),
  listChangeRequests: operation({
    title: 'List change requests',
    description: 'Change requests of a repository, newest first.',
    method: 'get',
    path: '/repositories/:name/change-requests',
    input: z.object({
      name,
      state: z.enum(['open', 'merged', 'closed']).optional(),
      ...shape.paging,
    }),
    output: z.object({
      items: z.array(shape.changeRequest),
      total: z.number().int(),
    }),
    permission: forgeRepositoryReadPermission,
    action: read,
  }),
  openChangeRequest: operation({
    title: 'Open a change request',
    description:
      'Asks that the change on a branch be merged into another, the default branch when not told.',
    method: 'post',
    path: '/repositories/:name/change-requests',
    status: 201,
    input: z.object({
      name,
      title: z.string().min(1).max(200),
      description: z.string().max(20_000).optional(),
      source: shape.branchName,
      target: shape.branchName.optional(),
    }),
    output: shape.changeRequest,
    permission: forgeRepositoryWritePermission,
    action: write,
  }),
  getChangeRequest: operation({
    title: 'Get a change request',
    description: 'One change request and what merging it now would do.',
    method: 'get',
    path: '/repositories/:name/change-requests/:number',
    input: z.object({ name, number }),
    output: shape.changeRequest,
    permission: forgeRepositoryReadPermission,
    action: read,
  }),
  getChangeRequestDiff: operation({
    title: 'Diff of a change request',
    description:
      'What the change request changes, against the commit it branched from.',
    method: 'get',
    path: '/repositories/:name/change-requests/:number/diff',
    input: z.object({ name, number }),
    output: shape.diff,
    permission: forgeRepositoryReadPermission,
    action: read,
  }),
  mergeChangeRequest: operation({
    title: 'Merge a change request',
    description:
      'Merges by fast-forward where possible, else with a merge commit. A conflict changes nothing and names the files.',
    method: 'post',
    path: '/repositories/:name/change-requests/:number/merge',
    input: z.object({
      name,
      number,
      expectedHead: z
        .string()
        .regex(
          /^[0-9a-f]{40}$/,
          'expectedHead is a sha of 40 hexadecimal digits',
        )
        .optional()
        .describe(
          'Head of the source branch that was reviewed; refused when it moved',
        ),
    }),
    output: shape.changeRequest,
    permission: forgeRepositoryWritePermission,
    action: { destructive: true },
  }),
  closeChangeRequest: operation({
    title: 'Close a change request',
    description: 'Closes it without merging. The branch stays.',
    method: 'post',
    path: '/repositories/:name/change-requests/:number/close',
    input: z.object({ name, number }),
    output: shape.changeRequest,
    permission: forgeRepositoryWritePermission,
    action: { destructive: false, idempotent: true },
  }),
  getReadAccess: operation({
    title: 'Read access for an image builder',
    description:
      'Clone URL and a short-lived header to fetch it with. For services only.',
    method: 'get',
    path: '/repositories/:name/read-access',
    input: z.object({ name }),
    output: shape.readAccess,
    permission: forgeRepositoryReadPermission,
    action: undefined,
  }),
  listTokens: operation({
    title: 'List my git tokens',
    description: 'Git tokens of the caller that are still valid.',
    method: 'get',
    path: '/tokens',
    input: z.object({}),
    output: z.object({ items: z.array(shape.gitToken) }),
    permission: undefined,
    action: undefined,
  }),
  createToken: operation({
    title: 'Create a git token',
    description: 'A password for git, valid 30 days, shown once.',
    method: 'post',
    path: '/tokens',
    status: 201,
    input: z.object({ description: z.string().max(100).default('git') }),
    output: shape.newGitToken,
    permission: undefined,
    action: undefined,
  }),
  deleteToken: operation({
    title: 'Revoke a git token',
    description: 'Revokes one of the caller\u2019s git tokens.',
    method: 'delete',
    path: '/tokens/:id',
    input: z.object({ id: shape.tokenId }),
    output: z.object({ id: z.string() }),
    permission: undefined,
    action: undefined,
  }),
};

export type Operations = typeof operations;
export type OperationId = keyof Operations;
export type Input<K extends OperationId> = z.output<Operations[K]['input']>;
export type Output<K extends OperationId> = z.output<Operations[K]['output']>;
