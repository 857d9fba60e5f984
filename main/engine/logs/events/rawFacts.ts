import type { LogFact } from '../../families/logEvent.ts';

/** What the dynamic linker writes between the program's name and its reason to end it. */
const DEATHS = [
  'symbol lookup error: ',
  'error while loading shared libraries: ',
  'relocation error: ',
] as const;
const LINKER_BUG = 'Inconsistency detected by ld.so: ';
/** What a Rust program writes before the error that it ends with. */
export const ERROR = 'Error: ';

/** Texts of which every such line has one. */
export const RAW_WORDS: readonly string[] = ['rror: ', 'error while', 'lookup error', 'Inconsistency'];

const LIBRARY = /^([^:]+): /;
const SYMBOL = /: (?:undefined )?symbol:? ([^\s,]+)/;
const LONGEST = 16 * 1024;

/** What a line says that isn't the log's: the dynamic linker's last words, or the error that a Rust program ends with. */
export function rawFactOf(line: string): LogFact | null {
  if (line.length > LONGEST) return null;
  const text = line.trimEnd();
  if (text.startsWith(LINKER_BUG)) return { kind: 'linker-death', symbol: null, library: null, text };
  for (const death of DEATHS) {
    const at = text.indexOf(death);
    if (at === -1 || (at > 0 && !text.startsWith(': ', at - 2))) continue;
    const why = text.slice(at + death.length);
    const library = LIBRARY.exec(why)?.[1] ?? null;
    if (library === null) continue;
    return { kind: 'linker-death', symbol: SYMBOL.exec(why)?.[1] ?? null, library, text };
  }
  if (text.startsWith(ERROR)) return { kind: 'failed', message: text.slice(ERROR.length) };
  return null;
}
