import type {
  ClusterState,
  PodView,
  RolloutOptions,
  RolloutResult,
  WorkloadRef,
  WorkloadView,
} from '../types';
import { decideRollout, notReadyWords } from './decideRollout';
import { Wake } from './Wake';

/** What waiting needs of the cluster. */
export interface RolloutSource {
  /** The generation the cluster has now; undefined when there is no such workload. */
  generation(signal: AbortSignal): Promise<number | undefined>;
  /** What the informers know, and the generation of that. */
  current(): { view: WorkloadView; generation: number } | undefined;
  state(): ClusterState;
  isFatal(pod: PodView): boolean;
  onChange(listener: () => void): () => void;
  lastLogLine(pod: PodView): Promise<string | undefined>;
}

/** Waits for a rollout to end. Rejects only with the reason of an abort. */
export async function waitForRollout(
  ref: WorkloadRef,
  source: RolloutSource,
  options: RolloutOptions,
): Promise<RolloutResult> {
  const deadline = AbortSignal.timeout(options.timeoutMs);
  const signal = options.signal
    ? AbortSignal.any([options.signal, deadline])
    : deadline;
  const name = `${ref.kind} ${ref.name} in ${ref.environment}`;
  const wake = new Wake(source, signal);
  try {
    const wanted = await newestGeneration(source, signal);
    if (wanted === undefined && !signal.aborted) {
      return { ok: false, reason: `There is no ${name}` };
    }
    let told = '';
    while (!signal.aborted) {
      const current = source.current();
      const caughtUp = current && current.generation >= (wanted ?? 0);
      // What the informers have not heard of yet is not gone.
      const gone = !current && wake.seen;
      wake.seen ||= current !== undefined;
      if (caughtUp || gone) {
        const decision = decideRollout({
          view: current?.view,
          isFatal: pod => source.isFatal(pod),
        });
        if (decision.kind === 'done') {
          return { ok: true };
        }
        if (decision.kind === 'failed') {
          return failed(source, decision.reason, decision.pod);
        }
        if (decision.progress.message !== told) {
          told = decision.progress.message;
          options.onProgress?.(decision.progress);
        }
      }
      await wake.next();
    }
  } finally {
    wake.stop();
  }
  options.signal?.throwIfAborted();
  return tooLate(source, options.timeoutMs);
}

async function newestGeneration(
  source: RolloutSource,
  signal: AbortSignal,
): Promise<number | undefined> {
  try {
    return await source.generation(signal);
  } catch (error) {
    if (signal.aborted) {
      return undefined;
    }
    throw error;
  }
}

async function tooLate(
  source: RolloutSource,
  timeoutMs: number,
): Promise<RolloutResult> {
  const seconds = Math.round(timeoutMs / 1000);
  const { reachable, error } = source.state();
  if (!reachable) {
    return {
      ok: false,
      reason: `Its cluster cannot be reached: ${error}. Waited ${seconds} s`,
    };
  }
  const view = source.current()?.view;
  const pods = (view?.pods ?? []).filter(
    ({ revisionHash, state }) =>
      revisionHash === view?.revision?.hash && state !== 'terminating',
  );
  const unready = pods.find(pod => !pod.ready);
  return unready
    ? failed(
        source,
        `${notReadyWords(pods, unready)}. Waited ${seconds} s`,
        unready,
      )
    : {
        ok: false,
        reason: `${view?.updated ?? 0} of ${
          view?.desired ?? 0
        } replicas were updated within ${seconds} s`,
      };
}

async function failed(
  source: RolloutSource,
  reason: string,
  pod: PodView | undefined,
): Promise<RolloutResult> {
  const lastLogLine = pod && (await source.lastLogLine(pod));
  return {
    ok: false,
    reason: lastLogLine ? `${reason}: ${lastLogLine}` : reason,
    lastLogLine,
  };
}
