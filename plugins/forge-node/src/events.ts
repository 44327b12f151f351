/** Topic of {@link ForgePushEvent}. */
export const FORGE_PUSH_TOPIC = 'ghostlight.forge.push';

/** Topic of {@link ForgeRepositoryEvent}. */
export const FORGE_REPOSITORY_TOPIC = 'ghostlight.forge.repository';

/**
 * A branch of a repository has a new head.
 *
 * @remarks
 *
 * Delivered at least once and in order for one branch. Handlers act by `repository`, `branch` and `after`, so that an
 * event that comes twice does no harm.
 */
export interface ForgePushEvent {
  /** Name of the repository. */
  repository: string;
  branch: string;
  /** Sha of the head before; `undefined` when the branch is new. */
  before?: string;
  /** Sha of the head now. */
  after: string;
  /** Entity ref of who moved it. */
  pusher: string;
  /**
   * `publish`: the first commit of a new repository. `push`: a git client, or files committed through the API.
   * `merge`: a change request. `reconcile`: found moved after the forge was interrupted; `pusher` is then the
   * last one known to have begun writing.
   */
  origin: 'push' | 'publish' | 'merge' | 'reconcile';
}

/** A repository came or went. Delivered at least once. */
export interface ForgeRepositoryEvent {
  /** Name of the repository. */
  repository: string;
  action: 'created' | 'deleted';
}
