export {
  CardSkeleton,
  Loading,
  SentenceSkeleton,
  TableSkeleton,
} from './Loading';
export type { LoadingProps } from './Loading';
