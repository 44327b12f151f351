/** A failure a person can act on: what went wrong, and what to do now. */
export class Failure extends Error {
  readonly advice: string;

  constructor(message: string, advice: string) {
    super(message);
    this.name = 'Failure';
    this.advice = advice;
  }
}

/** The code of a Node system error (`ENOENT`, `ENOSPC`, ...), when it is one. */
export function systemCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error
    ? String(error.code)
    : undefined;
}
