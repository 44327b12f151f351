import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

type Theme = 'light' | 'dark';

/** Surfaces of @backstage/ui 0.18 and of the portal's own theme on which a token may be text. */
const surfaces: Record<Theme, string[]> = {
  light: ['#ffffff', '#f5f5f5', '#f7f6f3'],
  dark: ['#141311', '#26231f', '#333333', '#424141'],
};

function tokensOf(theme: Theme): Map<string, string> {
  const css = readFileSync(resolve(__dirname, 'tokens.css'), 'utf8');
  const block = css.split(`[data-theme-mode='${theme}'] {`)[1].split('}')[0];
  return new Map(
    [...block.matchAll(/(--gl-[a-z-]+): (#[0-9a-f]{6});/g)].map(m => [
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

describe.each<Theme>(['light', 'dark'])('tokens in the %s theme', theme => {
  const tokens = tokensOf(theme);
  const names = ['lamp', 'good', 'warn', 'bad', 'info', 'unknown'];

  it.each(names)('--gl-%s is readable on its background twin', name => {
    const colour = tokens.get(`--gl-${name}`)!;
    expect(contrast(colour, tokens.get(`--gl-${name}-bg`)!)).toBeGreaterThan(
      4.5,
    );
  });

  it.each(names)('--gl-%s is readable on every surface', name => {
    const colour = tokens.get(`--gl-${name}`)!;
    for (const surface of surfaces[theme]) {
      expect(contrast(colour, surface)).toBeGreaterThan(4.5);
    }
  });
});
