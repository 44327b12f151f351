import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

type Theme = 'light' | 'dark';

function tokensOf(theme: Theme): Map<string, string> {
  const css = readFileSync(resolve(__dirname, 'tokens.css'), 'utf8');
  const block = css
    .split(`body[data-theme-mode='${theme}'] {`)[1]
    .split('}')[0];
  return new Map(
    [...block.matchAll(/(--bui-[a-z0-9-]+): (#[0-9a-f]{6});/g)].map(m => [
      m[1],
      m[2],
    ]),
  );
}

/** Relative luminance and contrast as in WCAG 2.2, 1.4.3. */
function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map(i => {
    const c = parseInt(hex.slice(i, i + 2), 16) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [hi, lo] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (hi + 0.05) / (lo + 0.05);
}

const surfaces = ['app', 'neutral-1', 'neutral-2', 'neutral-3'].map(
  name => `--bui-bg-${name}`,
);

describe.each<Theme>(['light', 'dark'])('in the %s theme', theme => {
  const tokens = tokensOf(theme);
  const of = (name: string) => tokens.get(name)!;

  it.each(surfaces)('edges and focus can be seen on %s', surface => {
    expect(contrast(of('--bui-border-2'), of(surface))).toBeGreaterThan(3);
    expect(contrast(of('--bui-ring'), of(surface))).toBeGreaterThan(3);
  });

  it.each(surfaces)('words can be read on %s', surface => {
    expect(contrast(of('--bui-fg-primary'), of(surface))).toBeGreaterThan(4.5);
    expect(contrast(of('--bui-fg-secondary'), of(surface))).toBeGreaterThan(
      4.5,
    );
  });
});
