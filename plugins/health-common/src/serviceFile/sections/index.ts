import type { Section } from '../section';
import { alerts } from './alerts';
import { commandSection } from './command';
import { slos } from './slos';

export type { AlertRule } from './alerts';
export type { Threshold } from './threshold';

/** Every section of `ghostlight.yaml`. A new one is a file beside these and a line here. */
export const sections = {
  run: commandSection({
    title: 'Run',
    description: 'How the service is started where no container image is.',
    examples: [['node', 'src/main.js']],
  }),
  build: commandSection({
    title: 'Build',
    description: 'What makes the service ready to run, once for each commit.',
    examples: [['npm', 'run', 'build']],
  }),
  slos,
  alerts,
};

type Sections = typeof sections;

/**
 * What `ghostlight.yaml` says, as far as it is right.
 *
 * @public
 */
export type ServiceFile = {
  [K in keyof Sections]: Sections[K] extends Section<infer T> ? T : never;
};

/** A file that says nothing. */
export function emptyFile(): ServiceFile {
  return { run: undefined, build: undefined, slos: [], alerts: [] };
}
