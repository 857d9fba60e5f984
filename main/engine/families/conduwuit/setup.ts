import type { FamilyNames, FamilySetup, SetupRecipe } from '../family.ts';
import { familyFlags } from './familyFlags.ts';
import { MODULES, PROGRAMS } from './names.ts';

const KNOWN_PREFIXES: readonly string[] = PROGRAMS.map((name) => `${name}_`);
const MODS = /^(?:--cfg=)?([A-Za-z0-9_]+_)mods$/;

export const conduwuitSetup: FamilySetup = {
  namesIn,
  recipe,
  cfgAmong: (flags) => flags.find((flag) => /^--cfg \w+_mods$/.test(flag)) ?? null,
  cfgFor: (module = 'conduwuit') => `--cfg ${module.replace(/[-_][^-_]*$/, '').replaceAll('-', '_')}_mods`,
};

function namesIn(packages: ReadonlySet<string>, flags: readonly string[]): FamilyNames | null {
  for (const prefix of KNOWN_PREFIXES) {
    if (MODULES.every((name) => packages.has(prefix + name))) return { prefix, known: true };
  }
  const prefix = flags.map((flag) => MODS.exec(flag)?.[1]).find((each) => each !== undefined);
  if (prefix === undefined || ![...packages].some((name) => name.startsWith(prefix))) return null;
  return { prefix, known: KNOWN_PREFIXES.includes(prefix) };
}

function recipe({ prefix }: FamilyNames): SetupRecipe {
  const cfg = `${prefix}mods`;
  const all = familyFlags(cfg);
  const program = prefix.slice(0, -1);
  const core = `${prefix}core`;
  const reloads = (flags: readonly string[]): boolean =>
    flags.some((flag) => flag === cfg || flag === `--cfg=${cfg}`) && shares(flags);
  return {
    cargoFeature: 'profile-rustflags',
    toolchain: 'nightly',
    tables: [
      { id: 'dev', package: null, flags: all.dev, suffices: reloads },
      { id: core, package: core, flags: all.core, suffices: reloads },
      { id: program, package: program, flags: all.program, suffices: reloads },
      { id: '*', package: null, flags: all.others, suffices: shares },
    ],
    reloads,
    isOptional,
    modules: MODULES.map((name) => prefix + name),
    core,
  };
}

const shares = (flags: readonly string[]): boolean =>
  / -Cprefer[-_]dynamic(=(y|yes|on|true))? /.test(` ${flags.join(' ').replaceAll(/(^| )-C /g, '$1-C')} `);

/** They change how long a build takes and what it prints, not whether it reloads. */
const isOptional = (flag: string): boolean =>
  /^-Z ?(time-(llvm-)?passes|mir-opt-level|validate-mir)(=|$)/.test(flag);
