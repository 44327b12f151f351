import { createRequire } from 'node:module';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TemplateValue } from 'nunjitsu';
import { parse } from 'yaml';

// Backstage's packages are CommonJS in truth: their ES builds do not load in Node.
const require = createRequire(import.meta.url);
const {
  ConfigReader,
}: typeof import('@backstage/config') = require('@backstage/config');
const {
  ScmIntegrations,
}: typeof import('@backstage/integration') = require('@backstage/integration');
const {
  createFetchTemplateAction,
}: typeof import('@backstage/plugin-scaffolder-backend') = require('@backstage/plugin-scaffolder-backend');
// The very renderer the scaffolder uses.
const { createTemplateRenderer }: typeof import('nunjitsu') = createRequire(
  require.resolve('@backstage/plugin-scaffolder-backend'),
)('nunjitsu');

const file = new URL('../template.yaml', import.meta.url);

export interface Step {
  id: string;
  action: string;
  input: Record<string, TemplateValue>;
}

/** template.yaml as it is. */
export function readTemplate() {
  return parse(readFileSync(file, 'utf8'));
}

/** What a step is given, with parameters and the outputs of earlier steps filled in as the scaffolder does it. */
export function inputOf(
  step: Step,
  parameters: Record<string, TemplateValue>,
  steps: Record<string, TemplateValue> = {},
) {
  const renderer = createTemplateRenderer({ allowRegexExecution: true });
  const fill = (value: unknown): unknown => {
    if (typeof value === 'string') {
      return renderer.renderValue(value, { parameters, steps });
    }
    if (Array.isArray(value)) return value.map(fill);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [key, fill(inner)]),
    );
  };
  return fill(step.input);
}

/** The repository that the template makes of these parameters, in a folder: by the scaffolder's own action. */
export async function renderSkeleton(
  workspacePath: string,
  parameters: Record<string, TemplateValue>,
): Promise<string> {
  const action = createFetchTemplateAction({
    integrations: ScmIntegrations.fromConfig(new ConfigReader({})),
    // The skeleton is next to the template: nothing is read from elsewhere.
    reader: {
      readUrl: refuse,
      readTree: refuse,
      search: refuse,
    },
  });
  const [step]: Step[] = readTemplate().spec.steps;
  const scratch = mkdtempSync(join(tmpdir(), 'node-service-scratch-'));
  const quiet = () => {};
  const logger: any = { info: quiet, warn: quiet, error: quiet, debug: quiet };
  logger.child = () => logger;
  const context: any = {
    input: inputOf(step, parameters),
    logger,
    workspacePath,
    templateInfo: {
      entityRef: 'template:default/node-service',
      baseUrl: file.href,
    },
    createTemporaryDirectory: async () => scratch,
  };
  try {
    await action.handler(context);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
  return workspacePath;
}

function refuse(): never {
  throw new Error('the template must not read from elsewhere');
}
