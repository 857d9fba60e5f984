import { basename } from 'node:path';
import type { CargoSettings } from './cargoConfig.ts';

/** Which linker a build asks for, and who says so. */
export interface LinkerChoice {
  /** The compiler driver that rustc calls. */
  driver: string;
  driverFrom: string | null;
  /** The value of `-fuse-ld=`; null where nobody asks for one. */
  asked: string | null;
  askedFrom: string | null;
  /** `-Clinker-features=-lld` and the like: rustc is told not to ask for its own. */
  ownOff: boolean;
}

/**
 * Reads the choice of a linker out of cargo's settings.
 * @param chosen what was chosen in Hotdeck; it counts before all else.
 */
export function linkerChoice({ flags, linker }: CargoSettings, chosen: string | null): LinkerChoice {
  const words = joinedFlags(flags.values);
  const program = lastMatch(words, /^-Clinker=(.+)$/);
  // The compiler driver takes the last one.
  const asked = lastMatch(words, /^-Clink-args?=(?:.*\s)?-fuse-ld=(\S+)/);
  const own = lastMatch(words, /^-[CZ]linker-features=(?:.*,)?([+-])lld/);
  return {
    driver: program ?? linker?.program ?? 'cc',
    driverFrom: program === null ? (linker?.from ?? null) : flags.from,
    asked: chosen ?? (asked === null ? null : linkerName(asked)),
    askedFrom: chosen !== null ? 'Hotdeck' : asked === null ? null : flags.from,
    ownOff: own === '-',
  };
}

/** `-C link-arg=…` is `-Clink-arg=…`. */
const joinedFlags = (flags: readonly string[]): string[] =>
  flags.flatMap((flag, at) => {
    if (/^-[CZ]$/.test(flag)) return [`${flag}${flags[at + 1] ?? ''}`];
    return /^-[CZ]$/.test(flags[at - 1] ?? '') ? [] : [flag];
  });

function lastMatch(words: readonly string[], pattern: RegExp): string | null {
  return words.flatMap((word) => pattern.exec(word)?.[1] ?? []).at(-1) ?? null;
}

/** clang takes a path too: `/usr/bin/ld.mold` is `mold`. */
const linkerName = (value: string): string => basename(value).replace(/^ld\./, '');
