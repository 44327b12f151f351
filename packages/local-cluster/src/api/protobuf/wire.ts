import { ApiError } from '../../api-error.ts';

/** One field of a message: a number, or the bytes of a text, a list item or a message within. */
export interface WireField {
  number: number;
  value: bigint | Buffer;
}

const torn = () =>
  new ApiError('BadRequest', 'the body is not valid protobuf: it is torn');

/** Reads a base-128 number. Returns it, and where it ends. */
function readVarint(bytes: Buffer, from: number): [bigint, number] {
  let value = 0n;
  for (let at = from; at < from + 10; at += 1) {
    const byte = bytes[at];
    if (byte === undefined) throw torn();
    value |= BigInt(byte % 128) << BigInt(7 * (at - from));
    if (byte < 128) return [value, at + 1];
  }
  throw torn();
}

/**
 * The fields of a message, in their order.
 *
 * @see https://protobuf.dev/programming-guides/encoding/
 * @throws ApiError BadRequest
 */
export function wireFields(bytes: Buffer): WireField[] {
  const fields: WireField[] = [];
  let at = 0;
  const take = (length: number): Buffer => {
    if (at + length > bytes.length) throw torn();
    at += length;
    return bytes.subarray(at - length, at);
  };
  const varint = (): bigint => {
    const [value, end] = readVarint(bytes, at);
    at = end;
    return value;
  };
  while (at < bytes.length) {
    const tag = varint();
    const number = Number(tag / 8n);
    switch (tag % 8n) {
      case 0n:
        fields.push({ number, value: varint() });
        break;
      case 1n:
        fields.push({ number, value: take(8) });
        break;
      case 2n:
        fields.push({ number, value: take(Number(varint())) });
        break;
      case 5n:
        fields.push({ number, value: take(4) });
        break;
      default:
        throw torn();
    }
  }
  return fields;
}
