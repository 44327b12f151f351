import { ApiError } from '../../api-error.ts';
import { recordAt } from '../json-path.ts';
import { messages, bodyMessages } from './messages.ts';
import { type WireField, wireFields } from './wire.ts';

/** How Kubernetes begins a protobuf body; the rest is a `runtime.Unknown`. */
const MAGIC = Buffer.from('k8s\0');

interface Field {
  name: string;
  type: string;
  many: '[]' | '{}' | undefined;
  keepsZero: boolean;
}

function readField(notation: string): Field {
  const [name, rest] = notation.split(' ');
  const [, type, many, pointer] = /^(\w+)(\[\]|\{\})?(\?)?$/.exec(rest) ?? [];
  return {
    name,
    type,
    many: many === '[]' || many === '{}' ? many : undefined,
    keepsZero: pointer !== undefined,
  };
}

const FIELDS = new Map(
  Object.entries(messages).map(([message, fields]) => [
    message,
    new Map(
      Object.entries(fields).map(([number, notation]) => [
        Number(number),
        readField(notation),
      ]),
    ),
  ]),
);

const isZero = (value: WireField['value']) =>
  typeof value === 'bigint' ? value === 0n : value.length === 0;

const textIn = (bytes: Buffer, number: number) =>
  wireFields(bytes)
    .find(field => field.number === number)
    ?.value.toString() ?? '';

function intOrString(bytes: Buffer): number | string {
  const isText = textIn(bytes, 1) === '1';
  return isText ? textIn(bytes, 3) : Number(textIn(bytes, 2));
}

function readValue(
  type: string,
  value: WireField['value'],
  path: string,
): unknown {
  if (typeof value === 'bigint') {
    return type === 'bool' ? value !== 0n : Number(BigInt.asIntN(64, value));
  }
  switch (type) {
    case 'string':
      return value.toString();
    case 'bytes':
      return value.toString('base64');
    case 'Quantity':
      return textIn(value, 1);
    case 'IntOrString':
      return intOrString(value);
    default:
      return readMessage(type, value, path);
  }
}

function readEntry(
  type: string,
  bytes: Buffer,
  path: string,
): Record<string, unknown> {
  const entry = wireFields(bytes);
  const value = entry.find(({ number }) => number === 2)?.value;
  const key = textIn(bytes, 1);
  return {
    [key]: readValue(type, value ?? Buffer.alloc(0), `${path}[${key}]`),
  };
}

function readMessage(
  message: string,
  bytes: Buffer,
  path: string,
): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const { number, value } of wireFields(bytes)) {
    const field = FIELDS.get(message)?.get(number);
    if (!field) {
      if (isZero(value)) continue;
      throw new ApiError(
        'UnsupportedMediaType',
        `the local cluster does not read field ${number} of ${message} at ${
          path || 'the top'
        } in protobuf: send the object in application/json`,
      );
    }
    const { name, type, many, keepsZero } = field;
    const at = path === '' ? name : `${path}.${name}`;
    if (type === 'ignored') continue;
    if (name === '...' && typeof value !== 'bigint') {
      Object.assign(result, readMessage(type, value, path));
    } else if (many === '{}' && typeof value !== 'bigint') {
      result[name] = {
        ...recordAt(result, name),
        ...readEntry(type, value, at),
      };
    } else if (many === '[]') {
      const before = result[name];
      const items: unknown[] = Array.isArray(before) ? before : [];
      result[name] = [
        ...items,
        readValue(type, value, `${at}[${items.length}]`),
      ];
    } else if (FIELDS.has(type) || keepsZero || !isZero(value)) {
      result[name] = readValue(type, value, at);
    }
  }
  return result;
}

/**
 * Reads an object that a client sent in protobuf, as `kubectl create <kind>` does.
 *
 * @throws ApiError UnsupportedMediaType for a kind or field that is not known here: nothing is left out in silence
 */
export function decodeProtobuf(body: Buffer): unknown {
  if (!body.subarray(0, MAGIC.length).equals(MAGIC)) {
    throw new ApiError(
      'BadRequest',
      'the body is not the protobuf of Kubernetes: it does not begin with k8s and a zero byte',
    );
  }
  const envelope = wireFields(body.subarray(MAGIC.length));
  const part = (number: number) => {
    const value = envelope.find(field => field.number === number)?.value;
    return typeof value === 'object' ? value : Buffer.alloc(0);
  };
  const [apiVersion, kind] = [textIn(part(1), 1), textIn(part(1), 2)];
  if (!bodyMessages.includes(kind)) {
    throw new ApiError(
      'UnsupportedMediaType',
      `the local cluster does not read ${
        kind || 'this'
      } in protobuf, only ${bodyMessages.join(
        ', ',
      )}: send application/json; with kubectl, add --dry-run=client -o yaml and pipe it into kubectl apply -f -`,
    );
  }
  return { apiVersion, kind, ...readMessage(kind, part(2), '') };
}
