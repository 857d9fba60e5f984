/** The id of the heading above what a setup would change, or has changed. */
export const CHANGES_ID = 'setup-changes';

/** Brings the changes on screen and the focus to them. */
export function showChanges(): void {
  const heading = document.getElementById(CHANGES_ID);
  heading?.scrollIntoView({ block: 'start' });
  heading?.focus({ preventScroll: true });
}
