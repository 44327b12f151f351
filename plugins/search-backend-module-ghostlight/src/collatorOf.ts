import { Readable } from 'node:stream';
import {
  DocumentCollatorFactory,
  IndexableDocument,
} from '@backstage/plugin-search-common';
import { forgeRepositoryReadPermission } from '@ghostlight/plugin-forge-common';

/** A collator whose documents are found by those who may read repositories. */
export function collatorOf(
  type: string,
  documents: () => AsyncGenerator<IndexableDocument>,
): DocumentCollatorFactory {
  return {
    type,
    visibilityPermission: forgeRepositoryReadPermission,
    getCollator: async () => Readable.from(documents()),
  };
}
