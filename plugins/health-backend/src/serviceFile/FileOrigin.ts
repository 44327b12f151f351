/** What came back for `ghostlight.yaml`. */
export type FileAnswer =
  | { kind: 'found'; content: Uint8Array; sha?: string }
  /** It is as it was at the commit the caller has. */
  | { kind: 'unchanged' }
  | { kind: 'missing'; message: string; sha?: string }
  /** It is there and cannot be `ghostlight.yaml`. */
  | { kind: 'refused'; message: string; hint: string; sha?: string };

/** Where the file of one entity is. */
export interface FileOrigin {
  /** Tells origins apart: `forge:orders`, or an address. */
  key: string;
  /** For people: name in the forge, or address. */
  repository: string;
  /** @throws when it cannot be asked */
  read(knownSha: string | undefined): Promise<FileAnswer>;
}
