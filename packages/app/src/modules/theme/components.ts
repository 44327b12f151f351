import type { createUnifiedTheme } from '@backstage/theme';

type Components = NonNullable<
  Parameters<typeof createUnifiedTheme>[0]['components']
>;

/** A thin border where there was a shadow. */
const flat = ({ theme }: { theme: { palette: { divider: string } } }) => ({
  boxShadow: 'none',
  border: `1px solid ${theme.palette.divider}`,
});

/** Parts that take overrides though no types say so. */
const unlisted = {
  PluginOrgComponentsGrid: {
    styleOverrides: {
      card: { boxShadow: 'none', '&:hover': { boxShadow: 'none' } },
    },
  },
};

/** Cards without shadows and thin borders, dense tables, words in sentence case. */
export const components: Components = {
  BackstageHeader: {
    styleOverrides: {
      header: ({ theme }) => ({
        backgroundImage: 'none',
        backgroundColor: theme.palette.background.default,
        boxShadow: 'none',
        borderBottom: `1px solid ${theme.palette.divider}`,
        paddingTop: 16,
        paddingBottom: 16,
      }),
      title: ({ theme }) => ({ color: theme.palette.text.primary }),
      subtitle: ({ theme }) => ({ color: theme.palette.text.secondary }),
      type: ({ theme }) => ({ color: theme.palette.text.secondary }),
      breadcrumb: ({ theme }) => ({ color: theme.palette.text.secondary }),
      breadcrumbType: ({ theme }) => ({ color: theme.palette.text.secondary }),
      breadcrumbTitle: ({ theme }) => ({ color: theme.palette.text.primary }),
    },
  },
  BackstageHeaderLabel: {
    styleOverrides: {
      label: ({ theme }) => ({ color: theme.palette.text.secondary }),
      value: ({ theme }) => ({ color: theme.palette.text.primary }),
    },
  },
  MuiPaper: {
    defaultProps: { elevation: 0 },
    styleOverrides: {
      root: { backgroundImage: 'unset' },
      elevation1: flat,
      elevation2: flat,
      rounded: { borderRadius: 8 },
    },
  },
  MuiCard: {
    styleOverrides: {
      root: ({ theme }) => ({
        boxShadow: 'none',
        border: `1px solid ${theme.palette.divider}`,
        borderRadius: 8,
      }),
    },
  },
  MuiButton: {
    styleOverrides: {
      root: { textTransform: 'none', fontWeight: 600, borderRadius: 6 },
      contained: { boxShadow: 'none', '&:hover': { boxShadow: 'none' } },
    },
  },
  MuiTab: {
    styleOverrides: {
      root: ({ theme }) => ({
        textTransform: 'none',
        letterSpacing: 0,
        color: theme.palette.text.secondary,
        '&:hover': {
          color: theme.palette.text.primary,
          background: 'transparent',
        },
        '&.Mui-selected': { color: theme.palette.text.primary },
      }),
    },
  },
  MuiTableRow: {
    styleOverrides: {
      root: ({ theme }) => ({
        '&:nth-of-type(odd)': { backgroundColor: 'transparent' },
        borderBottom: `1px solid ${theme.palette.divider}`,
        '&:last-child': { borderBottom: 'none' },
      }),
      head: { '&:nth-of-type(odd)': { backgroundColor: 'transparent' } },
    },
  },
  MuiTableCell: {
    styleOverrides: {
      root: ({ theme }) => ({
        padding: theme.spacing(1.25, 1.5),
        lineHeight: 1.4,
      }),
      head: ({ theme }) => ({
        textTransform: 'none',
        fontWeight: 500,
        fontSize: 12,
        color: theme.palette.text.secondary,
        borderBottom: `1px solid ${theme.palette.divider}`,
      }),
    },
  },
  BackstageTableHeader: {
    styleOverrides: {
      header: ({ theme }) => ({
        padding: theme.spacing(1, 1.5),
        borderTop: 'none',
        borderBottom: `1px solid ${theme.palette.divider}`,
        fontWeight: 500,
        fontSize: 12,
        textTransform: 'none',
        color: theme.palette.text.secondary,
      }),
    },
  },
  MuiChip: {
    styleOverrides: {
      root: ({ theme }) => ({
        backgroundColor: theme.palette.background.default,
        border: `1px solid ${theme.palette.divider}`,
        borderRadius: 6,
        color: theme.palette.text.secondary,
      }),
    },
  },
  MuiListItemText: { styleOverrides: { primary: { fontSize: 14 } } },
  // Five of them fit a phone of 360 px.
  MuiBottomNavigationAction: { styleOverrides: { root: { minWidth: 0 } } },
  MuiInputBase: { styleOverrides: { root: { fontSize: 14 } } },
  CatalogReactUserListPicker: {
    styleOverrides: {
      root: { backgroundColor: 'transparent', padding: 0, border: 'none' },
      title: { fontSize: 12, textTransform: 'none', margin: '8px 0 4px' },
      groupWrapper: ({ theme }) => ({
        border: `1px solid ${theme.palette.divider}`,
        borderRadius: 8,
        margin: 0,
      }),
    },
  },
  ...unlisted,
  BackstageItemCardHeader: {
    styleOverrides: {
      root: ({ theme }) => ({
        color: theme.palette.text.primary,
        backgroundImage: 'none',
        paddingBottom: 8,
      }),
    },
  },
};
