import type { ComponentProps } from 'react';

interface Props extends Omit<ComponentProps<'button'>, 'type' | 'className' | 'aria-label' | 'aria-pressed'> {
  /** Its accessible name. */
  readonly label: string;
  /** What a pointer that rests on it is told. */
  readonly title: string;
  /** Whether what it switches is on; of a button that switches something. */
  readonly pressed?: boolean;
}

/** Draws a small button that shows only an icon. */
export const IconButton = ({ label, pressed, ...rest }: Props) => (
  <button type="button" className="icon-button" aria-label={label} aria-pressed={pressed} {...rest} />
);
