import type { components } from './generated/openapi';

type Schemas = components['schemas'];

/** A repository of the forge, with its newest commit and where to clone and see it. */
export type Repository = Schemas['Repository'];
/** One commit; `at` is the author date, ISO 8601 UTC. */
export type Commit = Schemas['Commit'];
/** Author of a commit; `ref` when a user entity has this email in its profile. */
export type Person = Schemas['Person'];
/** A branch and its newest commit. */
export type Branch = Schemas['Branch'];
/** A file, folder, symlink or submodule in a folder; `size` in bytes. */
export type TreeEntry = Schemas['TreeEntry'];
/** One folder at one commit. */
export type Tree = Schemas['Tree'];
/** A file at one commit; `content` is absent when it is larger than the forge shows (1 MiB). */
export type FileContent = Schemas['FileContent'];
/** What changed in one file. */
export type FileDiff = Schemas['FileDiff'];
/** Lines that changed together, with their context. */
export type DiffHunk = Schemas['DiffHunk'];
/** One line of a hunk. */
export type DiffLine = Schemas['DiffLine'];
/** What changed between two commits. */
export type Diff = Schemas['Diff'];
/** A change on a branch that asks to be merged into another. */
export type ChangeRequest = Schemas['ChangeRequest'];
/** What merging a change request now would do. */
export type MergePreview = Schemas['MergePreview'];
/** A file to write in a commit; without `content` it is deleted. */
export type FileChange = Schemas['FileChange'];
/** A git token of the caller, without its secret. */
export type GitToken = Schemas['GitToken'];
/** A git token with its secret, as shown once. */
export type NewGitToken = Schemas['NewGitToken'];
/** Clone URL and a short-lived `Authorization` header for it. */
export type ReadAccess = Schemas['ReadAccess'];
