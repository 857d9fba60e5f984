import type { Check } from '#shared/contract.ts';
import { plural } from '#shared/count.ts';
import { list } from '#shared/list.ts';
import type { ModuleNames } from '../../families/family.ts';
import type { Manifest } from '../machine/manifests.ts';
import { about } from './check.ts';

export interface ModuleOrderFacts {
  /** Relative path of the source; null where it could not be read. */
  file: string | null;
  /** What the server loads; null where the source holds no list. */
  names: ModuleNames | null;
  /** What Hotdeck takes for the load order, by package; null where nothing says it. */
  expected: { names: readonly string[]; from: 'hotdeck.json' | 'detected' } | null;
  manifests: readonly Manifest[];
  /** Manifests that could not be read: the crates in them are not known. */
  unread: readonly string[];
  /** Packages that are dylibs, or will be once the setup is applied. */
  dylibs: readonly string[];
  /** The server's own package. */
  server: string;
}

const order = about({
  id: 'module-order',
  group: 'server',
  title: 'Load order',
  why: 'The server loads the modules in the order of its own list. If Hotdeck expects another order, its predictions of reloads are wrong.',
});
const unlisted = about({
  id: 'unlisted-dylibs',
  group: 'server',
  title: 'Dylibs outside of the load order',
  why: 'The server looks only at the modules in its list. Another dylib is loaded by whatever links to it; an edit in it takes effect only when all of those are reloaded, and in the core only after a restart.',
});

const crateOf = (name: string): string => name.replaceAll('-', '_');

/** Does the server's own list match the crates, and what Hotdeck expects? Pure. */
export function moduleOrderChecks(facts: ModuleOrderFacts): Check[] {
  const { names, file } = facts;
  if (names === null || file === null) {
    return [
      order.unknown(
        `${file === null ? 'The source with MODULE_NAMES was not found' : `${file} has no MODULE_NAMES that can be read`}, so what the server loads is not known.`,
        'Compare the load order in the graph with the log of a server start.',
      ),
    ];
  }
  return [orderCheck(facts, names, file), unlistedCheck(facts, names, file)];
}

function orderCheck(
  { expected, manifests, unread }: ModuleOrderFacts,
  { loaded }: ModuleNames,
  file: string,
): Check {
  const crates = new Map(
    manifests.flatMap((each) => (each.crate === null ? [] : [[each.crate, each] as const])),
  );
  const always = loaded.filter((each) => !each.conditional).map((each) => each.name);
  const gone = always.filter((name) => !crates.has(name));
  if (gone.length > 0 && unread.length > 0) {
    return order.unknown(
      `${file} loads ${list(gone)}. Whether the workspace has such a crate is not known: ${list(unread)} could not be read.`,
      `Fix ${list(unread)} first.`,
    );
  }
  if (gone.length > 0) {
    return order.problem(
      `${file} loads ${list(gone)}, but the workspace has no such crate.`,
      'Remove the name from MODULE_NAMES, or restore the crate: the server exits when a library is missing.',
    );
  }
  const inverted = firstInversion(always, crates);
  if (inverted !== null) {
    return order.warning(
      `${file} loads ${inverted.early} before ${inverted.late}, which it depends on.`,
      `Move ${inverted.early} behind ${inverted.late} in MODULE_NAMES: ${inverted.late} can't be unloaded while ${inverted.early} is loaded.`,
    );
  }
  const all = loaded.map((each) => each.name);
  const text = `${file} loads ${list(loaded.map((each) => (each.conditional ? `${each.name} (with a cfg)` : each.name)))}.`;
  if (expected === null) return order.ok(text);
  const wanted = expected.names.map(crateOf);
  // A module under a cfg may be in or out; what is left has to be the same, in the same order.
  const optional = new Set(
    loaded.filter((each) => each.conditional && !wanted.includes(each.name)).map((each) => each.name),
  );
  if (
    same(
      wanted,
      all.filter((name) => !optional.has(name)),
    )
  )
    return order.ok(text);
  const packages = all.map((name) => crates.get(name)?.package ?? name);
  return order.problem(
    `${text} ${expected.from === 'hotdeck.json' ? 'hotdeck.json says' : 'Hotdeck expects'} ${list(expected.names)}.`,
    `Put "modules": ${JSON.stringify(packages)} into hotdeck.json${optional.size > 0 || loaded.some((each) => each.conditional) ? ', without those whose feature is off' : ''}.`,
  );
}

const same = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((each, at) => each === other[at]);

function firstInversion(
  names: readonly string[],
  crates: ReadonlyMap<string, Manifest>,
): { early: string; late: string } | null {
  for (const [at, early] of names.entries()) {
    const needs = new Set(crates.get(early)?.dependencies.map(crateOf));
    const late = names.slice(at + 1).find((name) => needs.has(name));
    if (late !== undefined) return { early, late };
  }
  return null;
}

function unlistedCheck(
  { dylibs, server }: ModuleOrderFacts,
  { loaded, commented }: ModuleNames,
  file: string,
): Check {
  const known = new Set([...loaded.map((each) => each.name), ...commented]);
  const others = dylibs.filter((name) => name !== server && !known.has(crateOf(name)));
  if (others.length === 0) {
    const pinned = dylibs.filter((name) => commented.includes(crateOf(name)));
    return unlisted.ok(
      pinned.length === 0
        ? 'None.'
        : `None but ${list(pinned)}, which ${plural(pinned.length, 'is', 'are')} linked on purpose: a change there needs a restart.`,
    );
  }
  const several = others.length > 1;
  return unlisted.warning(
    `${list(others)} ${several ? 'are dylibs' : 'is a dylib'}, and ${file} does not load ${several ? 'them' : 'it'}.`,
    `Restart the server after a change in ${several ? 'them' : 'it'}, or add ${several ? 'them' : 'it'} to MODULE_NAMES below what needs ${several ? 'them' : 'it'}.`,
  );
}
