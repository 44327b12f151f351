export { Sentence } from './Sentence';
export type { SentenceProps } from './Sentence';
