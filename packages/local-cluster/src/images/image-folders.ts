import {
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import {
  COMMIT_SHA,
  IMAGE_NAME,
  type ImageReference,
  tagOf,
} from './image-reference.ts';

const builtImageSchema = z.object({
  name: z.string().regex(IMAGE_NAME),
  sha: z.string().regex(COMMIT_SHA),
  repository: z.string(),
  command: z.array(z.string()),
  builtAt: z.string(),
});

/** An image as its folder describes it. */
export type BuiltImage = z.infer<typeof builtImageSchema>;

const DESCRIPTION = 'image.json';
const BUILDING = '.building';

function list(directory: string): string[] {
  try {
    return readdirSync(directory);
  } catch {
    return []; // Not made yet.
  }
}

/**
 * `<dataDir>/images/<name>/<tag>/{image.json,root/}`. A folder comes into its place by one rename when all of it is there,
 * so what has a description is whole.
 */
export class ImageFolders {
  readonly #base: string;

  constructor(dataDir: string) {
    this.#base = join(dataDir, 'images');
    // Whatever was being built when the cluster last ended is only half there.
    rmSync(join(this.#base, BUILDING), { recursive: true, force: true });
    mkdirSync(join(this.#base, BUILDING), { recursive: true });
  }

  root({ name, tag }: ImageReference): string {
    return join(this.#base, name, tag, 'root');
  }

  find({ name, tag }: ImageReference): BuiltImage | undefined {
    try {
      const text = readFileSync(
        join(this.#base, name, tag, DESCRIPTION),
        'utf8',
      );
      return builtImageSchema.parse(JSON.parse(text));
    } catch {
      return undefined; // Never built, or not by us.
    }
  }

  all(): BuiltImage[] {
    return list(this.#base)
      .filter(name => IMAGE_NAME.test(name))
      .flatMap(name =>
        list(join(this.#base, name)).map(tag => this.find({ name, tag })),
      )
      .filter(image => image !== undefined);
  }

  /** A new folder with `root/` and `scratch/` to build in. */
  async begin(): Promise<string> {
    const folder = await mkdtemp(join(this.#base, BUILDING, 'image-'));
    mkdirSync(join(folder, 'root'));
    mkdirSync(join(folder, 'scratch'));
    return folder;
  }

  async finish(folder: string, image: BuiltImage): Promise<void> {
    await rm(join(folder, 'scratch'), { recursive: true, force: true });
    await writeFile(join(folder, DESCRIPTION), JSON.stringify(image, null, 2));
    const target = join(this.#base, image.name, tagOf(image.sha));
    mkdirSync(join(this.#base, image.name), { recursive: true });
    rmSync(target, { recursive: true, force: true });
    renameSync(folder, target);
  }

  async abandon(folder: string): Promise<void> {
    await rm(folder, { recursive: true, force: true });
  }

  /** Out of sight by a rename first: a crash in the middle leaves no half of an image. */
  async remove({ name, tag }: ImageReference): Promise<void> {
    const doomed = join(this.#base, BUILDING, `removed-${name}-${tag}`);
    renameSync(join(this.#base, name, tag), doomed);
    await rm(doomed, { recursive: true, force: true });
  }
}
