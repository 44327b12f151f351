export interface MovedHead {
  branch: string;
  /** `undefined`: the branch is new. */
  before: string | undefined;
  /** `undefined`: the branch is gone. */
  after: string | undefined;
}

export function movedHeads(
  seen: Map<string, string>,
  now: Map<string, string>,
): MovedHead[] {
  return [...new Set([...seen.keys(), ...now.keys()])]
    .map(branch => ({
      branch,
      before: seen.get(branch),
      after: now.get(branch),
    }))
    .filter(({ before, after }) => before !== after);
}
