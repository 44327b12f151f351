import { createUnifiedTheme, type UnifiedTheme } from '@backstage/theme';
import type { dark, light } from './palettes';
import { components } from './components';

const fontFamily = "'Inter Variable', system-ui, sans-serif";

/** Backstage paints these in colours of their own otherwise. */
const pages = [
  'home',
  'documentation',
  'tool',
  'service',
  'website',
  'library',
  'other',
  'app',
  'apis',
  'card',
  'datasets',
  'system',
  'component',
  'template',
];

function heading(fontSize: number) {
  return { fontSize, fontWeight: 600, marginBottom: 0 };
}

/** Running text is 14 px, as in `@backstage/ui`; headings stay near it. */
const typography = {
  htmlFontSize: 16,
  fontFamily,
  h1: heading(28),
  h2: heading(22),
  h3: heading(20),
  h4: heading(18),
  h5: heading(16),
  h6: heading(15),
  body1: { fontSize: 14, lineHeight: 1.45 },
  body2: { fontSize: 13, lineHeight: 1.45 },
};

/** The theme of the parts of Backstage that are not drawn with `@backstage/ui` yet. */
export function createGhostlightTheme(
  palette: typeof light | typeof dark,
): UnifiedTheme {
  const page = {
    backgroundImage: 'none',
    colors: [palette.background.default, palette.background.default],
    shape: 'none',
    fontColor: palette.text.primary,
  };
  return createUnifiedTheme({
    palette,
    defaultPageTheme: 'home',
    pageTheme: Object.fromEntries(pages.map(name => [name, page])),
    fontFamily,
    typography,
    components,
  });
}
