/** Awaits a condition; fails with what it last saw. */
export async function until<T>(
  look: () => T | undefined | false,
  limitMs = 5_000,
): Promise<T> {
  const end = Date.now() + limitMs;
  for (;;) {
    const seen = look();
    if (seen) {
      return seen;
    }
    if (Date.now() > end) {
      throw new Error(`Waited ${limitMs} ms for ${look}`);
    }
    await new Promise(resolve => {
      setTimeout(resolve, 2);
    });
  }
}
