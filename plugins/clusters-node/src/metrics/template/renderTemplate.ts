import type { Slot, Template } from './compileTemplate';
import { escapeValue, literalPattern, promDuration } from './promql';

/** What the placeholders of one question stand for. */
export interface TemplateValues {
  namespace: string;
  workload?: string;
  /** A pattern that matches the names of its pods. */
  pods?: string;
  /** All revisions when missing. */
  revision?: string;
  windowMs: number;
}

/** The query with values in place of its placeholders, escaped for where they stand. */
export function renderTemplate(
  template: Template,
  values: TemplateValues,
): string {
  return template.parts
    .map(part => (typeof part === 'string' ? part : render(part, values)))
    .join('');
}

export function hasPlaceholder(
  template: Template,
  placeholder: Slot['placeholder'],
): boolean {
  return template.parts.some(
    part => typeof part !== 'string' && part.placeholder === placeholder,
  );
}

function render(slot: Slot, values: TemplateValues): string {
  const { placeholder, isPattern, quote } = slot;
  if (placeholder === 'window') {
    return promDuration(values.windowMs);
  }
  if (placeholder === 'pods') {
    return escapeValue(values.pods ?? '', quote);
  }
  const value = values[placeholder];
  if (value === undefined) {
    return placeholder === 'revision' ? '.*' : '';
  }
  return escapeValue(isPattern ? literalPattern(value) : value, quote);
}
