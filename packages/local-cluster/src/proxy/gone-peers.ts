import { type Peer, UNKNOWN } from './peer.ts';

/** A restart of a deployment must not begin its counters anew; what is gone for longer than this is not coming back soon. */
const FORGET_AFTER_MS = 5 * 60_000;

/** Remembers since when no pod was one of the peers that are counted. */
export class GonePeers {
  readonly #sinceMs = new Map<Peer, number>();

  /** @returns the peers to forget now */
  observe(
    counted: ReadonlySet<Peer>,
    living: ReadonlySet<Peer>,
    nowMs: number,
  ): Set<Peer> {
    const due = new Set<Peer>();
    for (const peer of this.#sinceMs.keys()) {
      if (living.has(peer) || !counted.has(peer)) this.#sinceMs.delete(peer);
    }
    for (const peer of counted) {
      if (peer === UNKNOWN || living.has(peer)) continue;
      const since = this.#sinceMs.get(peer) ?? nowMs;
      this.#sinceMs.set(peer, since);
      if (nowMs - since <= FORGET_AFTER_MS) continue;
      due.add(peer);
      this.#sinceMs.delete(peer);
    }
    return due;
  }
}
