import { basename } from 'node:path';
import type { CargoSettings, Flags } from './cargoSettings.ts';

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
 * @param profile flags of the profile: rustc gets them before those that all crates get.
 * @param wrapped the program runs under `mold -run`, which puts mold in place of any linker.
 */
export function linkerChoice(
  { flags, linker }: CargoSettings,
  { chosen, profile, wrapped }: { chosen: string | null; profile: Flags; wrapped: boolean },
): LinkerChoice {
  const words = [profile, flags].flatMap(({ values, from }) =>
    joinedFlags(values).map((flag) => ({ flag, from })),
  );
  const program = lastMatch(words, /^-Clinker=(.+)$/);
  // The compiler driver takes the last one.
  const asked = lastMatch(words, /^-Clink-args?=(?:.*\s)?-fuse-ld=(\S+)/);
  const own = lastMatch(words, /^-[CZ]linker-features=(?:.*,)?([+-])lld/);
  const driver = {
    driver: program?.value ?? linker?.program ?? 'cc',
    driverFrom: program?.from ?? linker?.from ?? null,
    ownOff: own?.value === '-',
  };
  if (wrapped) return { ...driver, asked: 'mold', askedFrom: 'mold -run' };
  if (chosen !== null) return { ...driver, asked: chosen, askedFrom: 'Hotdeck' };
  return {
    ...driver,
    asked: asked === null ? null : linkerName(asked.value),
    askedFrom: asked?.from ?? null,
  };
}

/** `-C link-arg=…` is `-Clink-arg=…`. */
const joinedFlags = (flags: readonly string[]): string[] =>
  flags.flatMap((flag, at) => {
    if (/^-[CZ]$/.test(flag)) return [`${flag}${flags[at + 1] ?? ''}`];
    return /^-[CZ]$/.test(flags[at - 1] ?? '') ? [] : [flag];
  });

function lastMatch(
  words: readonly { flag: string; from: string }[],
  pattern: RegExp,
): { value: string; from: string } | null {
  const found = words.flatMap(({ flag, from }) => {
    const value = pattern.exec(flag)?.[1];
    return value === undefined ? [] : [{ value, from }];
  });
  return found.at(-1) ?? null;
}

/** clang takes a path too: `/usr/bin/ld.mold` is `mold`. */
const linkerName = (value: string): string => basename(value).replace(/^ld\./, '');
