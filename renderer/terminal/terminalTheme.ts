import type { ITheme } from '@xterm/xterm';

const light: ITheme = {
  background: '#ffffff',
  foreground: '#1f2733',
  cursor: '#004c9b',
  cursorAccent: '#ffffff',
  selectionBackground: '#b9d7f8',
  selectionInactiveBackground: '#b9d7f8',
  scrollbarSliderBackground: '#1f273326',
  scrollbarSliderHoverBackground: '#1f273340',
  scrollbarSliderActiveBackground: '#1f273359',
  black: '#1f2733',
  red: '#c2262e',
  green: '#1c7a32',
  yellow: '#8f5b00',
  blue: '#0b5cad',
  magenta: '#9030a8',
  cyan: '#0b7280',
  white: '#667085',
  brightBlack: '#7b8698',
  brightRed: '#d9363e',
  brightGreen: '#2a8f43',
  brightYellow: '#a56a00',
  brightBlue: '#2673c9',
  brightMagenta: '#a648bd',
  brightCyan: '#168896',
  brightWhite: '#39424f',
};

const dark: ITheme = {
  background: '#10141b',
  foreground: '#d6dde8',
  cursor: '#8ec5ff',
  cursorAccent: '#10141b',
  selectionBackground: '#2c4a70',
  selectionInactiveBackground: '#2c4a70',
  scrollbarSliderBackground: '#d6dde81f',
  scrollbarSliderHoverBackground: '#d6dde838',
  scrollbarSliderActiveBackground: '#d6dde852',
  black: '#2a3240',
  red: '#ff7b80',
  green: '#7ddc8b',
  yellow: '#f2c063',
  blue: '#7fb6ff',
  magenta: '#d9a1f0',
  cyan: '#6fd3df',
  white: '#d6dde8',
  brightBlack: '#8592a6',
  brightRed: '#ff9a9e',
  brightGreen: '#a3ecae',
  brightYellow: '#ffd98f',
  brightBlue: '#a8cfff',
  brightMagenta: '#e8c2f8',
  brightCyan: '#9ce6ee',
  brightWhite: '#f6f9fc',
};

/** Returns the terminal's colors for the system's light or dark theme. */
export const terminalTheme = (isDark: boolean): ITheme => (isDark ? dark : light);

/** Returns how the search marks its matches. */
export function searchMarks(isDark: boolean) {
  return isDark
    ? {
        matchBackground: '#5a4a17',
        matchOverviewRuler: '#c79a2b',
        activeMatchBackground: '#c79a2b',
        activeMatchColorOverviewRuler: '#ffd98f',
      }
    : {
        matchBackground: '#ffe9a8',
        matchOverviewRuler: '#d9a400',
        activeMatchBackground: '#ffc52e',
        activeMatchColorOverviewRuler: '#b07c00',
      };
}
