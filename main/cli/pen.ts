/** Writes for a terminal: colors only where one reads, and nothing of a file's that a terminal would obey. */
export interface Pen {
  red(text: string): string;
  green(text: string): string;
  yellow(text: string): string;
  faint(text: string): string;
  bold(text: string): string;
}

const style =
  (code: number, isOn: boolean) =>
  (text: string): string =>
    isOn ? `\x1b[${code}m${text}\x1b[0m` : text;

export const penFor = (isColored: boolean): Pen => ({
  red: style(31, isColored),
  green: style(32, isColored),
  yellow: style(33, isColored),
  faint: style(2, isColored),
  bold: style(1, isColored),
});

/** For this program's output. */
export const ownPen = (): Pen => penFor(process.stdout.isTTY === true && !process.env.NO_COLOR);

/** A text without what would move the cursor or change colors: such characters are shown as their names. */
export const clean = (text: string): string =>
  text.replaceAll(
    /[\x00-\x08\x0a-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/g,
    (sign) => `<${sign.charCodeAt(0).toString(16).padStart(2, '0')}>`,
  );
