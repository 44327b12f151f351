/** Where a stream was: the number and the time of its last line. */
export interface Position {
  n: number;
  at: string;
}

const FORM = /^(\d{1,15})~(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z)$/;

/** The id of an event, which a client gives back as `Last-Event-ID`. */
export function formatPosition({ n, at }: Position): string {
  return `${n}~${at}`;
}

/** undefined for what is no id of ours: then the stream begins anew. */
export function parsePosition(id: string | undefined): Position | undefined {
  const match = FORM.exec(id ?? '');
  return match && Number.isFinite(Date.parse(match[2]))
    ? { n: Number(match[1]), at: match[2] }
    : undefined;
}
