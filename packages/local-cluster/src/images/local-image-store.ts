import { ProcessGuard } from '../kubelet/processes/process-guard.ts';
import type { ImageStore, ResolvedImage, Running } from '../types.ts';
import { buildImage, type BuildRequest } from './build.ts';
import { ImageError } from './image-error.ts';
import { type BuiltImage, ImageFolders } from './image-folders.ts';
import { parseImageReference, tagOf } from './image-reference.ts';
import { imagesToPrune } from './prune.ts';
import { SharedBuild } from './shared-build.ts';

const BUILD_TIMEOUT_MS = 10 * 60_000;

/** Lets the kubelet say which images must stay. */
export interface ImageUse {
  keepInUse(images: () => Iterable<string>): void;
}

export class LocalImageStore implements ImageStore, ImageUse, Running {
  readonly #folders: ImageFolders;
  readonly #guard = new ProcessGuard();
  readonly #builds = new Map<string, SharedBuild>();
  readonly #stopped = new AbortController();
  readonly #timeoutMs: number;
  #inUse: () => Iterable<string> = () => [];

  constructor(options: { dataDir: string; buildTimeoutMs?: number }) {
    this.#folders = new ImageFolders(options.dataDir);
    this.#timeoutMs = options.buildTimeoutMs ?? BUILD_TIMEOUT_MS;
  }

  resolve(image: string): ResolvedImage | undefined {
    const reference = parseImageReference(image);
    const found = reference && this.#folders.find(reference);
    return reference && found
      ? { directory: this.#folders.root(reference), command: found.command }
      : undefined;
  }

  find(image: string): BuiltImage | undefined {
    const reference = parseImageReference(image);
    return reference && this.#folders.find(reference);
  }

  list(): BuiltImage[] {
    return this.#folders.all();
  }

  keepInUse(images: () => Iterable<string>): void {
    this.#inUse = images;
  }

  /**
   * Makes the image unless it is there. Who asks for a commit that is being built joins that build.
   * @throws ImageError
   */
  async build(
    request: BuildRequest,
    onLine: (line: string) => void,
  ): Promise<{ image: string; cached: boolean }> {
    const image = `${request.name}:${tagOf(request.sha)}`;
    const built = this.find(image);
    if (built) {
      if (built.sha !== request.sha) {
        throw new ImageError(
          `${image} is already the image of commit ${built.sha}, which begins with the same 12 digits`,
        );
      }
      return { image, cached: true };
    }
    if (this.#stopped.signal.aborted) {
      throw new ImageError('The cluster is stopping; build again when it runs');
    }
    const key = `${request.name}:${request.sha}`;
    let build = this.#builds.get(key);
    if (!build) {
      build = new SharedBuild(line => this.#make(key, request, line));
      this.#builds.set(key, build);
    }
    await build.follow(onLine);
    return { image, cached: false };
  }

  async stop(): Promise<void> {
    this.#stopped.abort();
    await Promise.allSettled(
      [...this.#builds.values()].map(build => build.done),
    );
    await this.#guard.stop();
  }

  async #make(
    key: string,
    request: BuildRequest,
    onLine: (line: string) => void,
  ): Promise<void> {
    try {
      await buildImage(
        request,
        {
          folders: this.#folders,
          guard: this.#guard,
          timeoutMs: this.#timeoutMs,
          signal: this.#stopped.signal,
        },
        onLine,
      );
      await this.#prune();
    } finally {
      this.#builds.delete(key);
    }
  }

  async #prune(): Promise<void> {
    const inUse = new Set(this.#inUse());
    for (const { name, sha } of imagesToPrune(this.list(), inUse)) {
      await this.#folders.remove({ name, tag: tagOf(sha) });
    }
  }
}
