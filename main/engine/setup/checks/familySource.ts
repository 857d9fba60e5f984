import type { Check } from '#shared/contract.ts';
import type { DoubleFunction } from '../../families/family.ts';
import { about } from './check.ts';

export interface FamilySourceFacts {
  /** Where functions were looked for, relative; null where the source could not be read. */
  file: string | null;
  doubles: readonly DoubleFunction[];
  /** The cfg and feature for modules, `conduwuit_mods`; null where there is none. */
  feature: string | null;
  /** The key `cargo-features` of the workspace's manifest; `other`: without profile-rustflags; `unread`: not to be seen. */
  cargoFeatures: 'active' | 'commented' | 'other' | 'missing' | 'unread';
  /** The flags come on cargo's command line, which needs no such line. */
  byFlags: boolean;
}

const doubles = about({
  id: 'double-functions',
  group: 'workspace',
  title: 'Functions defined twice',
  why: 'Some versions define async_exec once for static builds and once for modules, without excluding the first from builds with modules: those do not compile (E0428).',
});
const cargoFeatures = about({
  id: 'cargo-features',
  group: 'workspace',
  title: 'cargo-features line',
  why: 'cargo accepts flags in profiles only if the manifest begins with cargo-features = ["profile-rustflags"], or with -Zprofile-rustflags on its command line.',
});

/** States in which versions of the family are known to be broken. Pure. */
export const familySourceChecks = (facts: FamilySourceFacts): Check[] => [
  doublesCheck(facts),
  // Where the line is there, the setup's own step says whether it is in force.
  ...(facts.cargoFeatures === 'missing' || facts.cargoFeatures === 'other' ? [missingLine(facts)] : []),
];

function doublesCheck({ file, doubles: found, feature }: FamilySourceFacts): Check {
  if (file === null) return doubles.unknown("The server's main source was not found.");
  const [first] = found;
  if (first === undefined) return doubles.ok(`None in ${file}.`);
  const name = feature ?? 'conduwuit_mods';
  return doubles.problem(
    `${file} defines ${first.name} in line ${first.line} and again in line ${first.other}, and no cfg excludes the first from a build with modules.`,
    `Put #[cfg(not(all(${name}, feature = "${name}")))] before the one in line ${first.line}.`,
  );
}

function missingLine({ byFlags, cargoFeatures: state }: FamilySourceFacts): Check {
  const seen =
    state === 'other'
      ? 'The cargo-features in Cargo.toml do not list profile-rustflags.'
      : 'Cargo.toml has no cargo-features line, not even a commented one.';
  if (byFlags)
    return cargoFeatures.ok(`${seen} It is not needed, because cargo gets the flags on its command line.`);
  return cargoFeatures.problem(
    seen,
    'Apply the setup: it adds the line, or passes the flags to cargo instead.',
    {
      kind: 'apply',
    },
  );
}
