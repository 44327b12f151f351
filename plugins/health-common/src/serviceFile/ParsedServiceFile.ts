import type { ServiceFileMistake } from '../types';
import type { ServiceFile } from './sections';

/**
 * A part of the file that does not count: an item of a list by its name, a whole section, or everything.
 *
 * @public
 */
export interface BrokenPart {
  /** Missing when no section can be told. */
  section?: string;
  /** Missing when the section as a whole cannot be read. */
  name?: string;
}

/** @public */
export interface ParsedServiceFile {
  /** What counts: everything that is right, whatever else is wrong. */
  file: ServiceFile;
  /** In the order of lines. */
  mistakes: ServiceFileMistake[];
  /** What was meant to be there and does not count. */
  broken: BrokenPart[];
}
