/** Resolves when the thing can be used, rejects with the reason when not. */
export type Check = () => Promise<void>;

/**
 * What this service needs before it can serve, by name. A failing check takes the replica out of its Service, so name only
 * what no answer can be given without.
 *
 *     database: () => pool.query('select 1'),
 */
export const checks: Record<string, Check> = {};

export interface Readiness {
  ready: boolean;
  /** Reasons by name, only of what is not well. */
  problems: Record<string, string>;
}

export async function runChecks(named: Record<string, Check>): Promise<Readiness> {
  const problems: Record<string, string> = {};
  await Promise.all(
    Object.entries(named).map(async ([name, check]) => {
      try {
        await check();
      } catch (error) {
        problems[name] = error instanceof Error ? error.message : String(error);
      }
    }),
  );
  return { ready: Object.keys(problems).length === 0, problems };
}
