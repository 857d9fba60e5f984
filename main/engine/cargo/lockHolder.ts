import { basename } from 'node:path';
import type { NamedProcess } from '../process/ancestry.ts';

/** Who holds a lock of cargo's. */
export interface LockHolder {
  pid: number;
  kind: 'rust-analyzer' | 'hotdeck' | 'cargo' | 'other';
  /** What it runs, in short: `cargo check`. */
  command: string;
  /** What started it, by name; null where that says nothing. */
  startedBy: string | null;
}

/** What runs cargo on somebody's behalf, and is none of those who would know of it. */
const BETWEEN = new Set(['cargo', 'rustup', 'sh', 'dash', 'env', 'sudo', 'rustc']);

/**
 * Tells who a process is by itself and those that it descends from (itself first). Pure.
 * @param self the process of this very program. Null: nothing is known of the process.
 */
export function holderIn(line: readonly NamedProcess[], self: number): LockHolder | null {
  const [first, ...above] = line;
  if (first === undefined) return null;
  const command = commandOf(first);
  const starter = above.find(({ name }) => !BETWEEN.has(name))?.name ?? null;
  const isCargo = basename(first.words[0] ?? '') === 'cargo' || first.name === 'cargo';
  const kind = line.some(({ name }) => name === 'rust-analyzer')
    ? 'rust-analyzer'
    : above.some(({ pid }) => pid === self)
      ? 'hotdeck'
      : isCargo
        ? 'cargo'
        : 'other';
  return { pid: first.pid, kind, command, startedBy: starter };
}

/** `cargo check` of `/home/me/.cargo/bin/cargo +nightly -q check --workspace`. */
function commandOf({ name, words }: NamedProcess): string {
  const [program = name, ...rest] = words;
  const called = basename(program);
  const subcommand = rest.find((word) => !/^[+-]/.test(word));
  return called === 'cargo' && subcommand !== undefined ? `cargo ${subcommand}` : called;
}
