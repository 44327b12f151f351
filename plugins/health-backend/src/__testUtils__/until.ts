/** Awaits a condition. */
export async function until(
  holds: () => boolean | Promise<boolean>,
  limitMs = 5_000,
): Promise<void> {
  const end = Date.now() + limitMs;
  while (!(await holds())) {
    if (Date.now() > end) {
      throw new Error(`Waited ${limitMs} ms for ${holds}`);
    }
    await new Promise(resolve => {
      setTimeout(resolve, 2);
    });
  }
}
