export { excerptOf } from './excerpt';
export { serviceFileJsonSchema } from './jsonSchema';
export {
  MAX_SERVICE_FILE_BYTES,
  parseServiceFile,
  SERVICE_FILE,
} from './parseServiceFile';
export type { BrokenPart, ParsedServiceFile } from './ParsedServiceFile';
export type { AlertRule, ServiceFile, Threshold } from './sections';
export { isoDuration, isoDurationMs } from './units';
