/**
 * The shapes of the forge's API, once. OpenAPI, the client's types and the MCP actions are made from them.
 *
 * zod 3 (shipped inside zod 4), because the actions registry of Backstage 1.55 takes no other.
 */
import { z } from 'zod/v3';
import { BRANCH_RULE, isBranchName, isFilePath, PATH_RULE } from '../git/names';
import { REPOSITORY_NAME_PATTERN } from '@ghostlight/plugin-forge-common';

export const repositoryName = z
  .string()
  .regex(
    REPOSITORY_NAME_PATTERN,
    'A repository name starts with a letter and has 2 to 50 characters: a to z, 0 to 9 and "-"',
  );

export const branchName = z
  .string()
  .min(1)
  .max(200)
  .refine(isBranchName, BRANCH_RULE);

export const filePath = z
  .string()
  .min(1)
  .max(1024)
  .refine(isFilePath, PATH_RULE);

/** A folder or file; empty is the root. */
export const anyPath = z
  .string()
  .max(1024)
  .refine(path => path === '' || isFilePath(path), PATH_RULE);

export const tokenId = z
  .string()
  .regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, 'An id is a UUID');

/** A branch, a tag or a commit sha. */
export const revisionName = branchName.describe(
  'A branch, a tag or a commit sha',
);

const timestamp = z.string().describe('ISO 8601, UTC');
const sha = z.string().describe('A commit sha, 40 hexadecimal digits');

export const person = z.object({
  name: z.string(),
  email: z.string(),
  ref: z
    .string()
    .optional()
    .describe('User entity whose profile has this email'),
});

export const commit = z.object({
  sha,
  message: z.string(),
  author: person,
  at: timestamp,
  parents: z.array(z.string()),
});

export const repository = z.object({
  name: z.string(),
  description: z.string().optional(),
  owner: z.string().describe('Entity ref of the owning group or user'),
  defaultBranch: z.string(),
  createdAt: timestamp,
  createdBy: z.string().describe('Entity ref of who created it'),
  cloneUrl: z.string(),
  webUrl: z.string(),
  head: commit
    .optional()
    .describe('Newest commit of the default branch; absent while empty'),
});

export const branch = z.object({
  name: z.string(),
  head: commit,
  isDefault: z.boolean(),
});

export const treeEntry = z.object({
  name: z.string(),
  path: z.string(),
  type: z.enum(['file', 'folder', 'symlink', 'submodule']),
  mode: z.string(),
  size: z.number().int().optional().describe('Bytes; files only'),
});

export const tree = z.object({
  ref: z.string(),
  sha: z.string().optional().describe('Absent while the repository is empty'),
  path: z.string(),
  entries: z.array(treeEntry),
  truncated: z.boolean(),
});

export const fileContent = z.object({
  ref: z.string(),
  sha,
  path: z.string(),
  mode: z.string(),
  size: z.number().int().describe('Bytes'),
  binary: z.boolean(),
  encoding: z.enum(['utf8', 'base64']).optional(),
  content: z
    .string()
    .optional()
    .describe('Absent when the file is larger than the forge shows'),
});

export const diffLine = z.object({
  kind: z.enum(['context', 'added', 'removed', 'note']),
  text: z.string(),
});

export const diffHunk = z.object({
  oldStart: z.number().int(),
  oldLines: z.number().int(),
  newStart: z.number().int(),
  newLines: z.number().int(),
  heading: z.string(),
  lines: z.array(diffLine),
});

export const fileDiff = z.object({
  path: z.string(),
  oldPath: z.string().optional().describe('Where it was, when renamed'),
  status: z.enum(['added', 'modified', 'deleted', 'renamed']),
  binary: z.boolean(),
  additions: z.number().int(),
  deletions: z.number().int(),
  hunks: z.array(diffHunk),
  truncated: z.boolean(),
});

export const diff = z.object({
  from: z.string().optional().describe('Absent for a first commit'),
  to: z.string(),
  files: z.array(fileDiff),
  truncated: z.boolean().describe('There are more changes than are shown'),
});

export const mergePreview = z.object({
  how: z.enum([
    'fast-forward',
    'merge commit',
    'conflict',
    'already merged',
    'branch is gone',
  ]),
  conflicts: z.array(z.string()).describe('Paths both sides changed'),
});

export const changeRequest = z.object({
  repository: z.string(),
  number: z.number().int(),
  title: z.string(),
  description: z.string().optional(),
  source: z.string().describe('Branch with the change'),
  target: z.string().describe('Branch that gets it'),
  state: z.enum(['open', 'merged', 'closed']),
  author: z.string().describe('Entity ref'),
  createdAt: timestamp,
  updatedAt: timestamp,
  closedBy: z.string().optional(),
  mergedSha: z.string().optional(),
  webUrl: z.string(),
  merge: mergePreview.optional().describe('What merging now would do'),
});

// A function: shared field objects would become references into each other's properties.
const gitTokenFields = () => ({
  id: z.string(),
  description: z.string(),
  createdAt: timestamp,
  expiresAt: timestamp,
});

export const gitToken = z.object({
  ...gitTokenFields(),
  lastUsedAt: timestamp.optional(),
});

export const newGitToken = z.object({
  ...gitTokenFields(),
  token: z.string().describe('Shown once; the forge keeps only its hash'),
  username: z.string(),
});

export const readAccess = z.object({
  url: z.string(),
  authorization: z.string().describe('Value of the Authorization header'),
  expiresAt: timestamp,
});

export const fileChange = z.object({
  path: filePath,
  content: z.string().optional().describe('Absent: the file is deleted'),
  encoding: z.enum(['utf8', 'base64']).default('utf8'),
  mode: z.enum(['100644', '100755']).default('100644'),
});

export const paging = {
  page: z.coerce.number().int().min(1).max(100_000).default(1),
  pageSize: z.coerce.number().int().min(1).max(100).default(30),
};

/** Names the shapes get in the OpenAPI document, and so in the client's types. */
export const components = {
  RepositoryName: repositoryName,
  BranchName: branchName,
  RevisionName: revisionName,
  FilePath: filePath,
  AnyPath: anyPath,
  Timestamp: timestamp,
  Sha: sha,
  Person: person,
  Commit: commit,
  Repository: repository,
  Branch: branch,
  TreeEntry: treeEntry,
  Tree: tree,
  FileContent: fileContent,
  DiffLine: diffLine,
  DiffHunk: diffHunk,
  FileDiff: fileDiff,
  Diff: diff,
  MergePreview: mergePreview,
  ChangeRequest: changeRequest,
  GitToken: gitToken,
  NewGitToken: newGitToken,
  ReadAccess: readAccess,
  FileChange: fileChange,
};
