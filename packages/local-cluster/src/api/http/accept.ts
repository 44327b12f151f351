import { ApiError } from '../../api-error.ts';

export type Representation = 'object' | 'table' | 'metadata';

export interface Accepted {
  as: Representation;
  format: 'json' | 'yaml';
}

function read(range: string): Accepted | undefined {
  const [type, ...parameters] = range.split(';').map(part => part.trim());
  const values = Object.fromEntries(
    parameters.map(parameter => parameter.split('=', 2)),
  );
  const formats: Record<string, Accepted['format']> = {
    'application/json': 'json',
    'application/*': 'json',
    '*/*': 'json',
    'application/yaml': 'yaml',
  };
  const format = formats[type];
  if (!format) return undefined;
  switch (values.as) {
    case undefined:
      return { as: 'object', format };
    case 'Table':
      return values.v === undefined || values.v === 'v1'
        ? { as: 'table', format }
        : undefined;
    case 'PartialObjectMetadata':
    case 'PartialObjectMetadataList':
      return values.v === undefined || values.v === 'v1'
        ? { as: 'metadata', format }
        : undefined;
    default:
      return undefined;
  }
}

/** The first representation a client accepts that there is. @throws ApiError NotAcceptable */
export function negotiate(header: string | undefined): Accepted {
  if (!header) return { as: 'object', format: 'json' };
  for (const range of header.split(',')) {
    const accepted = read(range.trim());
    if (accepted) return accepted;
  }
  throw new ApiError(
    'NotAcceptable',
    `the local cluster answers application/json (also as=Table) and application/yaml, not ${header}`,
  );
}
