import type { createUnifiedTheme } from '@backstage/theme';

type Components = NonNullable<
  Parameters<typeof createUnifiedTheme>[0]['components']
>;

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
      elevation1: ({ theme }) => ({
        boxShadow: 'none',
        border: `1px solid ${theme.palette.divider}`,
      }),
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
        padding: theme.spacing(1.5, 2),
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
        padding: theme.spacing(1, 2),
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
};
