import type { CSSProperties } from 'react';

/**
 * Returns the style that says how much of the full green a module has.
 * @param fade 0 for all of it, 1 for none.
 */
export const fadeStyle = (fade: number): CSSProperties & Record<'--full', string> => ({
  '--full': `${Math.round((1 - fade) * 100)}%`,
});
