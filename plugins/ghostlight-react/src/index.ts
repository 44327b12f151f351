/// <reference types="@backstage/cli/asset-types" />
import './tokens/tokens.css';

export * from './CodeBlock';
export * from './CommitRef';
export * from './DataTable';
export * from './EmptyState';
export * from './ErrorState';
export * from './Fact';
export * from './format';
export * from './Loading';
export * from './LogView';
export * from './Meter';
export * from './Panel';
export * from './reasonOf';
export * from './RelativeTime';
export * from './Sentence';
export * from './Status';
export * from './TimeChart';
