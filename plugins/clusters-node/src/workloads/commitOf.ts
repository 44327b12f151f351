import type { Revision } from '../types';

/** `<repository>@<40 hex digits>`, on the pod template. */
export const COMMIT_ANNOTATION = 'ghostlight.dev/commit';
/** The first digits of the commit, on the pod template. */
export const VERSION_LABEL = 'app.kubernetes.io/version';

const HEX = /^[0-9a-f]{7,40}$/;

/** The parts of a pod template that tell its commit. */
interface TemplateFacts {
  labels: Record<string, string>;
  annotations: Record<string, string>;
  images: string[];
}

/**
 * Which commit a revision was made of: what deployed it wrote it down, or else the version label or the image tag
 * looks like a commit. undefined rather than a guess.
 */
export function commitOf(template: TemplateFacts): Revision['commit'] {
  const annotation = /^(.+)@([0-9a-f]{40})$/.exec(
    template.annotations[COMMIT_ANNOTATION] ?? '',
  );
  if (annotation) {
    return { repo: annotation[1], sha: annotation[2], via: 'annotation' };
  }
  const [image] = template.images;
  const { repository, tag } = splitImage(image ?? '');
  const version = template.labels[VERSION_LABEL];
  const sha = [version, tag].find(text => text !== undefined && HEX.test(text));
  return sha && repository
    ? { repo: repository, sha, via: 'image-tag' }
    : undefined;
}

/** `registry:5000/team/orders:1.0@sha256:…` is the repository `orders` with the tag `1.0`. */
function splitImage(image: string): { repository: string; tag?: string } {
  const path = image.split('@')[0];
  const last = path.slice(path.lastIndexOf('/') + 1);
  const [repository, tag] = last.split(':');
  return { repository, tag };
}
