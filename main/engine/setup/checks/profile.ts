import { basename } from 'node:path';
import type { Check } from '#shared/contract.ts';
import { configArguments } from '../../rust/cargoConfig.ts';
import { type Table, tableAt, textAt } from '../../rust/toml.ts';
import { about } from './check.ts';
import type { Scene } from './input.ts';

const check = about({
  id: 'profile',
  group: 'workspace',
  title: 'Build profile',
  why: 'The flags of the setup belong to the dev profile, and to those that inherit from it. A build with another one makes a static program without modules, which a reload signal shuts down.',
});

/** Where a profile has its flags from: `own` has flags that replace those of dev; `unknown` is defined nowhere that Hotdeck looks. */
type ProfileBase = 'dev' | 'own' | 'other' | 'unknown';

/**
 * Follows `inherits` of a profile (the Cargo book, "Custom profiles": all settings are inherited). Pure.
 * @param profiles the `profile` tables, the one that counts first.
 */
function profileBase(name: string, profiles: readonly Table[]): ProfileBase {
  const seen = new Set<string>();
  for (let at: string | null = name; at !== null && !seen.has(at); ) {
    if (at === 'dev' || at === 'debug' || at === 'test') return 'dev';
    if (at === 'release' || at === 'bench') return 'other';
    seen.add(at);
    const key: string = at;
    const tables = profiles.flatMap((each) => (Object.hasOwn(each, key) ? [tableAt(each, key)] : []));
    if (tables.some(hasFlags)) return 'own';
    at = tables.flatMap((each) => textAt(each, 'inherits') ?? [])[0] ?? null;
  }
  return 'unknown';
}

const hasFlags = (profile: Table): boolean => {
  const packages = tableAt(profile, 'package');
  return [profile, ...Object.keys(packages).map((each) => tableAt(packages, each))].some((each) =>
    Object.hasOwn(each, 'rustflags'),
  );
};

/** Is it the dev profile that is built, or one like it? Pure. @param folder where cargo puts what it links. */
export function profileCheck(
  folder: string,
  buildArguments: readonly string[],
  profiles: readonly Table[] = [],
): Check {
  const name = basename(folder);
  if (name === 'debug') return check.ok('cargo builds the dev profile.');
  const at = buildArguments.findIndex((each) => /^(--release|-r|--profile(=.*)?)$/.test(each));
  const found = at === -1 ? null : buildArguments[at];
  const argument = found === '--profile' ? `--profile ${buildArguments[at + 1] ?? ''}`.trim() : found;
  const seen = `cargo builds the ${name} profile${argument == null ? '' : `, by ${argument}`}`;
  switch (profileBase(name, profiles)) {
    case 'dev':
      return check.ok(`${seen}; it inherits from dev.`);
    case 'own':
      return check.warning(
        `${seen}; it has rustflags of its own, which replace those of dev.`,
        'Make sure that they hold all the flags of the dev profile, or build that.',
      );
    case 'unknown':
      return check.unknown(
        `${seen}; Hotdeck found no definition of it.`,
        'The profile has to inherit from dev to get the flags of the setup.',
      );
    case 'other':
      return check.problem(
        `${seen}.`,
        argument == null
          ? 'Have cargo build the dev profile.'
          : `Remove ${argument} from "build": { "arguments": […] } in hotdeck.json.`,
      );
  }
}

/** Null where the flags are for every profile. */
export function profileOf({ plan, outputDirectory, buildArguments, manifests }: Scene): Check | null {
  if (plan.kind !== 'family') return null;
  const root = manifests.find((each) => each.file === 'Cargo.toml');
  const tables = [...configArguments(buildArguments).map((each) => each.table), root?.table ?? {}];
  return profileCheck(
    outputDirectory,
    buildArguments,
    tables.map((table) => tableAt(table, 'profile')),
  );
}
