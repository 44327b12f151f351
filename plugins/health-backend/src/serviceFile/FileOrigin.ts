/** What came back for `ghostlight.yaml`. */
export type FileAnswer =
  /** `version` tells contents apart where there is no commit; it is for nobody to see. */
  | { kind: 'found'; content: Uint8Array; sha?: string; version?: string }
  /** It is as it was at the version the caller has. */
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
  /**
   * @param known - the commit, or the version, of what the caller has
   * @throws when it cannot be asked
   */
  read(known: string | undefined): Promise<FileAnswer>;
}
