import type { CargoMetadata } from '../metadata/cargoMetadata.ts';
import type { Packages, Program } from './packages.ts';

/**
 * The arguments that make `cargo build` build the program and all that it may open. None, where it does so by itself. Else
 * the members that it builds by itself stay in, so that features add up to no less than they do without Hotdeck, and of the
 * others those that can be modules: a member that is for another platform is nobody's business here.
 * @param all read as if all members were built.
 * @param plain read for `cargo build` without arguments that select packages.
 */
export function buildSelection(
  metadata: CargoMetadata,
  all: Packages,
  plain: Packages,
  program: Pick<Program, 'package'>,
): string[] {
  const missing = addedMembers(metadata, all, plain, program);
  if (missing.length === 0) return [];
  const members = new Map(metadata.packages.map((each) => [each.id, each.name]));
  const byDefault = metadata.workspace_default_members ?? metadata.workspace_members;
  const names = new Set([...byDefault.flatMap((id) => members.get(id) ?? []), ...missing]);
  if (metadata.workspace_members.every((id) => names.has(members.get(id) ?? ''))) return ['--workspace'];
  return [...names].flatMap((name) => ['-p', name]);
}

/** The members of these that `cargo build` alone does not build, by name. */
export function addedMembers(
  metadata: CargoMetadata,
  all: Packages,
  plain: Packages,
  program: Pick<Program, 'package'>,
): string[] {
  const wanted = [program.package, ...all.libraries.map((library) => library.package)];
  return wanted.filter((name) => !plain.built.has(name) && !isForOthers(name, metadata, all));
}

/** A member that others need on another platform only, and that so may not compile on this one. */
function isForOthers(name: string, metadata: CargoMetadata, all: Packages): boolean {
  const members = new Set(metadata.workspace_members);
  const declared = metadata.packages.flatMap(({ id, name: from, dependencies }) =>
    members.has(id)
      ? dependencies.flatMap((each) =>
          each.name === name && each.kind !== 'dev' ? [{ from, target: each.target }] : [],
        )
      : [],
  );
  return (
    declared.length > 0 &&
    declared.every(({ from, target }) => target !== null && all.links.get(from)?.includes(name) !== true)
  );
}
