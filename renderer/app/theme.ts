import { createTheme } from '@mantine/core';
import type { CSSVariablesResolver, MantineColorsTuple } from '@mantine/core';

/** The one accent: ink blue. Shade 7 carries white text with a contrast of 6.4. */
const INK: MantineColorsTuple = [
  '#eef3fd',
  '#dbe5fa',
  '#b5caf5',
  '#8dadf0',
  '#6a92ea',
  '#4b79de',
  '#3563d1',
  '#2653bd',
  '#1e439a',
  '#183678',
];

/** Mantine's dark scale, cooled down to the neutral of `styles/tokens.css`. */
const DARK: MantineColorsTuple = [
  '#e3e7eb',
  '#c3cad1',
  '#9aa5b1',
  '#74808c',
  '#3c4650',
  '#232a31',
  '#191e23',
  '#13171b',
  '#0f1316',
  '#0d1013',
];

export const THEME = createTheme({
  primaryColor: 'ink',
  primaryShade: 7,
  colors: { ink: INK, dark: DARK },
  fontFamily: "'Inter Variable', system-ui, sans-serif",
  fontFamilyMonospace: "'JetBrains Mono Variable', ui-monospace, monospace",
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '20px' },
  spacing: { xs: '8px', sm: '12px', md: '16px', lg: '24px', xl: '32px' },
  defaultRadius: 6,
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Button: { defaultProps: { size: 'xs', fz: 13, fw: 500 } },
    ActionIcon: { defaultProps: { size: 26 } },
    TextInput: { defaultProps: { size: 'xs' } },
    NativeSelect: { defaultProps: { size: 'xs' } },
    Checkbox: { defaultProps: { size: 'xs' } },
    Tooltip: {
      defaultProps: {
        withArrow: true,
        openDelay: 250,
        transitionProps: { duration: 100 },
        // Inside of a landmark, so that screen readers find the explanations.
        portalProps: { target: '#explanations' },
      },
    },
    Popover: { defaultProps: { transitionProps: { duration: 100 } } },
  },
});

/** Lets Mantine's own parts use the tokens of `styles/tokens.css`. */
export const CSS_VARIABLES: CSSVariablesResolver = () => {
  const tokens = {
    '--mantine-color-body': 'var(--al-surface)',
    '--mantine-color-text': 'var(--al-text)',
    '--mantine-color-dimmed': 'var(--al-dim)',
    '--mantine-color-placeholder': 'var(--al-dim)',
    '--mantine-color-default': 'var(--al-surface)',
    '--mantine-color-default-hover': 'var(--al-hover)',
    '--mantine-color-default-color': 'var(--al-text)',
    '--mantine-color-default-border': 'var(--al-line-strong)',
    '--mantine-color-error': 'var(--al-blocked)',
  };
  return { variables: {}, light: tokens, dark: tokens };
};
