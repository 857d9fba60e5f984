import { join } from 'node:path';
import type { BuildFacts, Save } from '../../building/why/buildFacts.ts';
import { type Cause, causeOf, type Found } from '../../building/why/cause.ts';
import { chainsFrom } from '../../building/why/chains.ts';
import type { Dirty } from '../../building/why/dirty.ts';
import { linksOf } from '../../graph/links.ts';

/** Why each package that was compiled was: the way from what changed, as far as saves, cargo and settings tell. Pure. */
export function whysOfBuild(facts: BuildFacts): Map<string, Found> {
  const { compiled, dirty } = facts;
  const needs = new Map([...facts.links].map(([name, all]) => [name, [...all]]));
  const packages = new Map([...facts.links.keys(), ...compiled].map((name) => [crateOf(name), name]));
  for (const name of compiled) {
    const own = needs.get(name) ?? [];
    const said = dirty.get(name);
    const below = said?.kind === 'dependency' ? packages.get(crateOf(said.name)) : undefined;
    if (below !== undefined && below !== name) own.push(below);
    needs.set(name, own);
  }
  const causes = new Map<string, Cause>();
  for (const name of compiled) {
    const cause = ownCause(name, facts);
    if (cause !== null) causes.set(name, cause);
  }
  const found = chainsFrom({ links: linksOf(needs), causes, through: (name) => compiled.has(name) });
  for (const name of compiled) {
    if (found.has(name)) continue;
    const said = dirty.get(name);
    const seen = said?.kind === 'output' ? said.cause : (facts.changes[0] ?? causeOf('unknown'));
    found.set(name, { ...seen, chain: [name] });
  }
  return found;
}

const crateOf = (name: string): string => name.replaceAll('-', '_');

/** What happened to a package for itself; null: nothing that is known, it may be another one's doing. */
function ownCause(name: string, { dirty, saves, changes, wasThere }: BuildFacts): Cause | null {
  const said = dirty.get(name);
  const isBelow = said?.kind === 'dependency' && crateOf(said.name) !== 'build_script_build';
  // Where cargo names a dependency, a note beside the sources has not to do with it; a source has.
  const own = saves.filter(
    ({ member, file }) =>
      member === name &&
      !(isGeneral(file) && file !== 'Cargo.toml') &&
      (!isBelow || /\.(?:rs|toml)$/.test(file)),
  );
  if (own.length > 0) return editedCause(own, said);
  if (said?.kind === 'cause') return seenCause(said.cause, saves, changes);
  if (said?.kind === 'dependency') return isBelow ? null : causeOf('build-script');
  const general = saves.find(({ file }) => isGeneral(file));
  if (general !== undefined) return generalCause(general);
  if (changes[0] !== undefined) return changes[0];
  return said?.kind === 'output' || wasThere(name) ? null : causeOf('first');
}

/** Of several files the one that cargo names, or else the first that was saved. */
function editedCause(own: readonly Save[], said: Dirty | undefined): Cause {
  const named = said?.kind === 'cause' ? said.cause.file : null;
  const [first, ...others] = own.toSorted(
    (a, b) => Number(b.file === named) - Number(a.file === named) || a.at - b.at,
  );
  const files = others.map(({ file }) => file).sort();
  return causeOf('edited', { file: first?.file ?? null, at: first?.at ?? null, others: files });
}

/** cargo's reason, in which a file may be one that was seen being saved: it may lie in another package. */
function seenCause(cause: Cause, saves: readonly Save[], changes: readonly Cause[]): Cause {
  const save = saves.find(({ file }) => file === cause.file);
  if (save !== undefined) return causeOf('edited', { file: save.file, at: save.at });
  const general = saves.find(({ file }) => isGeneral(file));
  const isSettings = ['flags', 'profile', 'toolchain', 'configuration', 'dependencies'].includes(cause.kind);
  if (isSettings && general !== undefined) return generalCause(general);
  // What was compared here knows more of it than cargo says.
  return changes.find(({ kind }) => kind === cause.kind && cause.detail === null) ?? cause;
}

/** Files of the workspace as a whole. */
const GENERAL = new Map<string, Cause['kind']>([
  ['Cargo.toml', 'configuration'],
  ['Cargo.lock', 'lock-file'],
  [join('.cargo', 'config.toml'), 'configuration'],
  ['rust-toolchain.toml', 'toolchain'],
]);

const isGeneral = (file: string): boolean => GENERAL.has(file);

const generalCause = ({ file, at }: Save): Cause =>
  causeOf(GENERAL.get(file) ?? 'configuration', { file, at });
