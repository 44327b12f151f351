/// <reference types="@backstage/cli/asset-types" />
import './tokens/tokens.css';

export * from './Status';
