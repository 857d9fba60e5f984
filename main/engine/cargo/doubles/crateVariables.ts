import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { readOwnSymbols } from '../../elf/ownSymbols.ts';
import { readable } from '../../elf/rustNames.ts';
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
  let descriptor: number;
  try {
    descriptor = openSync(path, 'r');
  } catch {
    return null;
  }
  try {
    const read = (offset: number, length: number): Uint8Array => {
      const bytes = new Uint8Array(length);
      return bytes.subarray(0, readSync(descriptor, bytes, 0, length, offset));
    };
    const { dev, ino, size, mtimeMs } = fstatSync(descriptor);
    const version = [dev, ino, size, mtimeMs].join(' ');
    const last = known.get(path);
    if (last?.version === version) return last.state;
    const symbols = readOwnSymbols({ size, read }, STATE_FUNCTIONS);
    const found = symbols.ok ? symbols.value : null;
    const state = found === null ? null : { ...found, variables: byCrate(found.variables) };
    known.set(path, { version, state });
    return state;
  } catch {
    // Replaced or truncated while it was read: the next look finds the new one.
    return null;
  } finally {
    closeSync(descriptor);
  }
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
