/**
 * A flood of diagnostics must not swamp the window, nor one that is very long. Sizes in characters; the Build tab has
 * every word.
 */
export const LIMITS = {
  /** Of each severity. */
  problems: 250,
  /** Of all listed problems' rendered text together. */
  renderedTotal: 2_000_000,
  rendered: 32_000,
  message: 4_000,
  label: 600,
  spans: 12,
  children: 12,
  suggestions: 8,
  /** Places of one suggestion. */
  edits: 60,
  /** All text of one suggestion. */
  suggestion: 8_000,
} as const;

export const cut = (text: string, most: number): string =>
  text.length <= most ? text : `${text.slice(0, most - 1)}…`;

/** Without its middle: a linker's long command comes first, and what it complained about last. */
export function cutMiddle(text: string, most: number): string {
  if (text.length <= most) return text;
  const head = Math.floor(most / 4);
  return `${text.slice(0, head)}\x1b[0m\n… ${text.length - most} characters are left out here …\n${text.slice(head - most)}`;
}
