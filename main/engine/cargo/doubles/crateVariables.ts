import { readOwnSymbols } from '../../elf/ownSymbols.ts';
import { readable } from '../../elf/rustNames.ts';
import { readBinary } from '../../readBinary.ts';
import { STATE_FUNCTIONS } from './globalState.ts';

/** The state that lies in a built file. */
export interface FileState {
  /** Variables that can change, by the crate that has them (`tracing_core`): readable names. */
  variables: ReadonlyMap<string, readonly string[]>;
  functions: ReadonlySet<string>;
  /** False of a stripped file: what is not seen may be there. */
  isComplete: boolean;
}

const known = new Map<string, { version: string; state: FileState | null }>();

/**
 * Which state of which crates lies in a file; null while it is not there, or where it has no symbols. Reads its symbol table,
 * once as long as the file stays the same.
 */
export function readFileState(path: string): FileState | null {
  return readBinary(path, (source, { dev, ino, size, mtimeMs }) => {
    const version = [dev, ino, size, mtimeMs].join(' ');
    const last = known.get(path);
    if (last?.version === version) return last.state;
    const symbols = readOwnSymbols(source, STATE_FUNCTIONS);
    const found = symbols.ok ? symbols.value : null;
    const state = found === null ? null : { ...found, variables: byCrate(found.variables) };
    known.set(path, { version, state });
    return state;
  });
}

/** A static of a crate is never generic: its name begins with the crate, in both ways in which rustc writes names. */
function byCrate(symbols: readonly string[]): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const symbol of symbols) {
    if (!symbol.startsWith('_ZN') && !symbol.startsWith('_R')) continue;
    // What a macro such as thread_local! makes of a static lies in closures below it.
    const name = readable(symbol).replace(/(::\{.*|::__getit.*|::VAL|::__.*)$/s, '');
    const [crate = '', ...rest] = name.split('::');
    if (rest.length === 0 || !/^\w+$/.test(crate)) continue;
    const known = found.get(crate) ?? [];
    found.set(crate, known);
    if (!known.includes(name)) known.push(name);
  }
  return found;
}
