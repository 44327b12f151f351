import { palettes } from '@backstage/theme';

/**
 * A warm lamp on a dark stage: greys leaning to amber, ink for what acts, and
 * amber itself only for the brand and the focus. Statuses have their own
 * `--gl-*` tokens; the ones here serve the parts of Backstage that know no
 * better. Each value has a twin in tokens.css for `@backstage/ui`.
 */
const navigation = {
  background: '#171512',
  indicator: '#ffc95c',
  color: '#bdb6aa',
  selectedColor: '#ffffff',
  navItem: { hoverBackground: '#2a2621' },
  submenu: { background: '#2a2621' },
};

export const light = {
  ...palettes.light,
  background: { default: '#f7f6f3', paper: '#ffffff' },
  text: { primary: '#1d1b17', secondary: '#5f5a52' },
  primary: { main: '#2b2720', dark: '#12100d', contrastText: '#ffffff' },
  secondary: { main: '#8a5c00' },
  divider: '#e5e1d9',
  border: '#e5e1d9',
  textContrast: '#1d1b17',
  textSubtle: '#5f5a52',
  textVerySubtle: '#cfc9bd',
  link: '#6b4a0b',
  linkHover: '#8a5c00',
  highlight: '#fff3d6',
  errorBackground: '#fdeaea',
  errorText: '#b3201c',
  warningBackground: '#fdeee0',
  warningText: '#7a3406',
  infoBackground: '#e6f0fb',
  infoText: '#1b5aa6',
  status: {
    ok: '#17693a',
    warning: '#9a4208',
    error: '#b3201c',
    running: '#1b5aa6',
    pending: '#8a5c00',
    aborted: '#5a5a5a',
  },
  tabbar: { indicator: '#8a5c00' },
  navigation,
  pinSidebarButton: { icon: '#171512', background: '#bdb6aa' },
};

export const dark = {
  ...palettes.dark,
  background: { default: '#141311', paper: '#1d1b18' },
  text: { primary: '#f3f0ea', secondary: '#b0a99d' },
  primary: { main: '#f1e8d8', dark: '#fff8ea', contrastText: '#1a1712' },
  secondary: { main: '#ffc95c' },
  divider: '#37332d',
  border: '#37332d',
  textContrast: '#f3f0ea',
  textSubtle: '#b0a99d',
  textVerySubtle: '#57514a',
  link: '#f0d9a8',
  linkHover: '#ffc95c',
  highlight: '#3a2c0c',
  errorBackground: '#421816',
  errorText: '#ffa8a1',
  warningBackground: '#3d2210',
  warningText: '#ffb07a',
  infoBackground: '#12294a',
  infoText: '#9accff',
  status: {
    ok: '#84dca0',
    warning: '#ffb07a',
    error: '#ffa8a1',
    running: '#9accff',
    pending: '#ffc95c',
    aborted: '#bdbdbd',
  },
  tabbar: { indicator: '#ffc95c' },
  navigation: { ...navigation, background: '#0e0d0b' },
  pinSidebarButton: { icon: '#171512', background: '#bdb6aa' },
};
