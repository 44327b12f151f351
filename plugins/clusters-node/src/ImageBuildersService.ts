/**
 * What to build.
 *
 * @public
 */
export interface ImageBuild {
  /** Name of the image without registry and tag; the repository's name. */
  name: string;
  /** Where to clone from. `authorization` is the value of the header of that name; it is never logged. */
  repo: { url: string; authorization?: string };
  /** Full commit id. */
  sha: string;
  /** Idempotency key: the same key gives the same image. */
  key: string;
  /** Called with each line the build prints. */
  onLog?: (line: string) => void;
  signal?: AbortSignal;
}

/**
 * Builds images the way an environment is configured to.
 *
 * @public
 */
export interface ImageBuildersService {
  /**
   * @returns the image as a manifest names it, and whether it was there already
   * @throws `InputError` when the build failed, with the builder's words; `ServiceUnavailableError` when the
   * builder cannot be reached; `NotFoundError` for an unknown environment; `NotAllowedError` when the
   * environment has no builder
   */
  build(
    environment: string,
    build: ImageBuild,
  ): Promise<{ image: string; cached: boolean }>;
}
