import { posix } from 'node:path';
import type { Manifest } from './manifest/manifest.ts';
import { stringList, tableOf, valueAt } from './manifest/values.ts';
import type { SourceFile } from './types.ts';

/** A package of the workspace, as far as its manifest says. */
export interface Member {
  name: string;
  manifest: Manifest;
  /** `none`: it has no library; `fixed`: one that has to stay what it is. */
  library: 'none' | 'fixed' | 'dynamic' | 'static';
  /** It builds a program. */
  program: boolean;
  /** The crates of the workspace that it is built with. */
  needs: string[];
  /** Those of others. */
  crates: string[];
}

/** What a package's manifest says of it; null for one that is no package's. */
export function memberOf(
  manifest: Manifest,
  root: Manifest | null,
  files: ReadonlyMap<string, SourceFile>,
): Member | null {
  const name = valueAt(manifest.values, ['package', 'name']);
  if (typeof name !== 'string') return null;
  const folder = posix.dirname(manifest.file);
  const has = (path: string): boolean => files.has(posix.join(folder, path));
  return {
    name,
    manifest,
    library: libraryOf(manifest, has('src/lib.rs')),
    program: Object.hasOwn(manifest.values, 'bin') || has('src/main.rs'),
    ...dependenciesOf(manifest, root),
  };
}

function libraryOf({ values }: Manifest, conventional: boolean): Member['library'] {
  if (!Object.hasOwn(values, 'lib') && !(conventional && valueAt(values, ['package', 'autolib']) !== false)) {
    return 'none';
  }
  const library = tableOf(values.lib);
  const types = stringList(library['crate-type'] ?? library.crate_type);
  if (types.includes('dylib')) return 'dynamic';
  const macros =
    library['proc-macro'] === true || library.proc_macro === true || types.includes('proc-macro');
  return macros || types.includes('cdylib') ? 'fixed' : 'static';
}

/** What is linked in: not what only a test or a build script uses. */
function dependenciesOf({ values }: Manifest, root: Manifest | null): Pick<Member, 'needs' | 'crates'> {
  const tables = [values, ...Object.values(tableOf(values.target))].map((each) => tableOf(each).dependencies);
  const shared = tableOf(valueAt(root?.values, ['workspace', 'dependencies']));
  const needs = new Set<string>();
  const crates = new Set<string>();
  for (const [key, own] of tables.flatMap((each) => Object.entries(tableOf(each)))) {
    const inherited = tableOf(own).workspace === true;
    const dependency = tableOf(inherited ? shared[key] : own);
    const name = typeof dependency.package === 'string' ? dependency.package : key;
    (typeof dependency.path === 'string' ? needs : crates).add(name);
  }
  return { needs: [...needs], crates: [...crates] };
}

/** Names in an order in which each comes behind those that it needs; as given where that leaves a choice. */
export function bottomUp(names: readonly string[], members: ReadonlyMap<string, Member>): string[] {
  const wanted = new Set(names);
  const placed = new Set<string>();
  const visit = (name: string): void => {
    if (placed.has(name)) return;
    placed.add(name);
    for (const need of members.get(name)?.needs ?? []) visit(need);
    ordered.push(name);
  };
  const ordered: string[] = [];
  for (const name of names) visit(name);
  return ordered.filter((name) => wanted.has(name));
}
