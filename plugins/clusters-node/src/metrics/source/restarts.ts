import { FEW_SERIES, intervalMs, single, type Sources } from './Question';

/** How often containers of these pods restarted; undefined when nothing counts them. */
export async function restartsOf(
  { client, preset }: Sources,
  pods: { namespace: string; names: string[] },
  interval: { from: string; to: string },
  signal: AbortSignal | undefined,
): Promise<number | undefined> {
  if (pods.names.length === 0) {
    return undefined;
  }
  const { toMs, lengthMs } = intervalMs(interval);
  const answer = await client.instant(
    preset.restarts(pods.namespace, pods.names, lengthMs),
    toMs,
    { maxSeries: FEW_SERIES, signal },
  );
  return single(answer).at(-1)?.[1];
}
