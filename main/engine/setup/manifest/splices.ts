/** A stretch of a text that gets another text; `start` and `end` are offsets. */
export interface Splice {
  start: number;
  end: number;
  text: string;
}

/** Carries out splices that don't overlap; of those at the same place, in the order given. */
export function applySplices(text: string, splices: readonly Splice[]): string {
  let result = '';
  let at = 0;
  for (const splice of [...splices].sort((a, b) => a.start - b.start)) {
    result += text.slice(at, splice.start) + splice.text;
    at = splice.end;
  }
  return result + text.slice(at);
}

/** Lines that splices change or add. */
export function changedLines(text: string, splices: readonly Splice[]): number {
  const changed = new Set<number>();
  let added = 0;
  for (const splice of splices) {
    const breaks = splice.text.split('\n').length - 1;
    added += breaks;
    const whole = splice.text.endsWith('\n') && lineStart(text, splice.start) === splice.start;
    if (!(whole && splice.end === splice.start)) changed.add(lineStart(text, splice.start));
  }
  return changed.size + added;
}

/** Where the line begins that `offset` is in. */
export const lineStart = (text: string, offset: number): number =>
  offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1;

/** Where the line after that of `offset` begins; the end of the text where there is none. */
export function nextLine(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  return end === -1 ? text.length : end + 1;
}

/** The line ending that a text uses, as its first line says. */
export const endingOf = (text: string): '\n' | '\r\n' => (/^[^\n]*\r\n/.test(text) ? '\r\n' : '\n');

/** New lines behind the line of `offset`; with an ending of their own for a last line that has none. */
export function linesBehind(text: string, offset: number, lines: readonly string[]): Splice {
  const ending = endingOf(text);
  const start = nextLine(text, offset);
  const ended = start === 0 || text[start - 1] === '\n';
  const body = lines.join(ending);
  return { start, end: start, text: ended ? body + ending : ending + body };
}
