/**
 * The escape sequences of ECMA-48 as patterns' sources: control sequences (colors, cursor moves), strings (titles,
 * links) and those of two or three characters. Nothing in it repeats without a bound, so reading stays linear; a
 * sequence that is longer, or cut off, is text. None spans a line end.
 */
const CONTROL = '\\x1b\\[[0-?]{0,64}[ -/]{0,4}[@-~]';
const STRING = '\\x1b\\][^\\x07\\x1b\\n]{0,4096}(?:\\x07|\\x1b\\\\)|\\x1b[PX^_][^\\x1b\\n]{0,4096}\\x1b\\\\';
const SHORT = '\\x1b[ -/]{1,2}[0-~]|\\x1b[0-OQ-WYZ\\\\`-~]';

const ANY = new RegExp(`${CONTROL}|${STRING}|${SHORT}`, 'g');

/** As a pattern's source, a sequence that is no string: none that holds text of its own. */
export const PLAIN_SEQUENCE = `(?:${CONTROL}|${SHORT})`;

/** The text as a terminal would show it, as far as colors go: without escape sequences. */
export const stripAnsi = (text: string): string => (text.includes('\x1b') ? text.replace(ANY, '') : text);

const LOOK_OR_ANY = new RegExp(`\\x1b\\[([\\d;:]{0,64})m|${ANY.source}`, 'g');

/** A run of text in one look, as the compiler colored it. */
export interface Run {
  readonly text: string;
  /** 0 to 15, or null for the text's own color. */
  readonly color: number | null;
  readonly bold: boolean;
}

/** Splits text with ANSI colors into runs; every other escape sequence is dropped. */
export function runsOf(text: string): Run[] {
  const runs: Run[] = [];
  let look: Omit<Run, 'text'> = { color: null, bold: false };
  let from = 0;
  const push = (part: string) => {
    if (part === '') return;
    const last = runs.at(-1);
    if (last !== undefined && last.color === look.color && last.bold === look.bold) {
      runs[runs.length - 1] = { ...last, text: last.text + part };
    } else runs.push({ text: part, ...look });
  };
  for (const match of text.matchAll(LOOK_OR_ANY)) {
    push(text.slice(from, match.index));
    from = match.index + match[0].length;
    if (match[1] !== undefined) look = after(look, match[1]);
  }
  push(text.slice(from));
  return runs;
}

/** The look after an SGR sequence. The 256 colors beyond the first 16 are taken for none: rustc uses few. */
function after(before: Omit<Run, 'text'>, parameters: string): Omit<Run, 'text'> {
  let look = before;
  const codes = parameters.split(/[;:]/).map((code) => (code === '' ? 0 : Number(code)));
  for (let i = 0; i < codes.length; i += 1) {
    const code = codes[i] ?? 0;
    if (code === 0) look = { color: null, bold: false };
    else if (code === 1) look = { ...look, bold: true };
    else if (code === 22) look = { ...look, bold: false };
    else if (code >= 30 && code <= 37) look = { ...look, color: code - 30 };
    else if (code >= 90 && code <= 97) look = { ...look, color: code - 82 };
    else if (code === 39) look = { ...look, color: null };
    else if (code === 38 || code === 48) {
      const index = codes[i + 2] ?? 16;
      if (code === 38) look = { ...look, color: codes[i + 1] === 5 && index < 16 ? index : null };
      i += codes[i + 1] === 5 ? 2 : 4;
    }
  }
  return look;
}
