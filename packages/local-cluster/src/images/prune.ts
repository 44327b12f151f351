import { type BuiltImage } from './image-folders.ts';
import { tagOf } from './image-reference.ts';

/** As many as a Deployment keeps old revisions by default, so that each can be rolled back to. */
export const KEPT_PER_NAME = 10;

/** Images to remove: all but the newest of each name and those in use. */
export function imagesToPrune(
  images: BuiltImage[],
  inUse: ReadonlySet<string>,
  keep = KEPT_PER_NAME,
): BuiltImage[] {
  const newestFirst = [...images].sort((a, b) =>
    a.builtAt < b.builtAt ? 1 : -1,
  );
  const seen = new Map<string, number>();
  return newestFirst.filter(({ name, sha }) => {
    const nth = (seen.get(name) ?? 0) + 1;
    seen.set(name, nth);
    return nth > keep && !inUse.has(`${name}:${tagOf(sha)}`);
  });
}
