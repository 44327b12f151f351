import type { ListedPod } from './decide.ts';
import type { Peer } from './peer.ts';
import { PodBackend } from './pod-backend.ts';

/** The backends of all pods: shared by the Services that select a pod, kept until their last request is done. */
export class Backends {
  readonly #serving = new Map<string, PodBackend>();
  readonly #leaving = new Set<PodBackend>();
  readonly #peerOf: (pod: ListedPod) => Peer;

  constructor(peerOf: (pod: ListedPod) => Peer) {
    this.#peerOf = peerOf;
  }

  /** Who can still be asked, or is still answering. */
  peers(): Peer[] {
    return [...this.#serving.values(), ...this.#leaving].map(
      ({ peer }) => peer,
    );
  }

  /** The backend of a pod that serves. */
  of(pod: ListedPod): PodBackend {
    const current = this.#serving.get(pod.uid);
    if (current?.port === pod.port) return current;
    if (current) this.#leave(current);
    const backend = new PodBackend(pod, this.#peerOf(pod));
    this.#serving.set(pod.uid, backend);
    return backend;
  }

  /** Lets go of every backend that no Service of the namespace uses any more. */
  retain(namespace: string, used: ReadonlySet<PodBackend>): void {
    for (const [uid, backend] of this.#serving) {
      if (used.has(backend) || backend.namespace !== namespace) continue;
      this.#serving.delete(uid);
      this.#leave(backend);
    }
  }

  /** Resolves when no request is under way to the pod, neither from now nor from before it left. */
  async idle(podUid: string): Promise<void> {
    const all = [...this.#serving.values(), ...this.#leaving];
    await Promise.all(all.filter(b => b.uid === podUid).map(b => b.idle()));
  }

  async destroy(): Promise<void> {
    const all = [...this.#serving.values(), ...this.#leaving];
    await Promise.all(all.map(backend => backend.destroy()));
  }

  #leave(backend: PodBackend): void {
    this.#leaving.add(backend);
    void Promise.all([backend.close(), backend.idle()]).finally(() =>
      this.#leaving.delete(backend),
    );
  }
}
