/** Where in the file, by keys and indexes. */
export type Path = Array<string | number>;

/** A mistake that has no line yet. */
export interface Problem {
  path: Path;
  /** Whether the key is wrong or what stands beside it. */
  at: 'key' | 'value';
  message: string;
  hint?: string;
}

/** `slos[0].objective` */
export function pathWords(path: Path): string {
  return path.reduce<string>(
    (words, part) =>
      typeof part === 'number'
        ? `${words}[${part}]`
        : `${words}${words && '.'}${part}`,
    '',
  );
}
