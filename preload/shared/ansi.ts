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
