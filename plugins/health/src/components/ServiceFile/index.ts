export { ServiceFileCard } from './ServiceFileCard';
export { ServiceFileMistakes } from './ServiceFileMistakes';
export { useServiceFilePath } from './useServiceFilePath';
