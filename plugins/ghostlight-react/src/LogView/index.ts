export { LogBuffer } from './LogBuffer';
export type { LogBufferOptions } from './LogBuffer';
export { emptyLog, logLevels } from './LogEntry';
export type {
  LogEntry,
  LogGapEntry,
  LogLevel,
  LogLineEntry,
  LogSnapshot,
} from './LogEntry';
export { LogView } from './LogView';
export type { LogViewProps } from './LogView';
export { saveText } from './saveText';
