import type { ReasonRule } from '../PodFacts';

/** Kubernetes' waiting reasons about images, and whether trying again will not help. */
const REASONS: Record<string, boolean> = {
  ErrImagePull: false,
  ImagePullBackOff: true,
  ErrImageNeverPull: true,
  InvalidImageName: true,
  ImageInspectError: true,
  RegistryUnavailable: false,
};

export const imageCannotBePulled: ReasonRule = {
  name: 'image cannot be pulled',
  explain({ pod, containers }) {
    for (const container of containers) {
      const waiting = container.state?.waiting;
      const reason = waiting?.reason ?? '';
      if (Object.hasOwn(REASONS, reason)) {
        const image =
          pod.spec.containers.find(({ name }) => name === container.name)
            ?.image ?? container.image;
        return {
          state: 'failed',
          words: `its image ${image} cannot be pulled${
            waiting?.message ? `: ${waiting.message}` : ''
          }`,
          fatal: REASONS[reason],
        };
      }
    }
    return undefined;
  },
};
