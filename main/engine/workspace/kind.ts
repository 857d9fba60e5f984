import type { Kind } from '#shared/contract.ts';
import { plural } from '#shared/count.ts';
import { list, listSome } from '#shared/list.ts';

/** A crate that helps to open or swap libraries, and the member that names it as a dependency. */
export interface Helper {
  crate: string;
  by: string;
}

/** A library of the workspace, as far as it tells what it needs. */
export interface LibraryFacts {
  name: string;
  /** `cdylib` exports functions with a C interface only; `dylib` exports Rust. */
  type: 'dylib' | 'cdylib';
  /** Does its file hold the standard library, or need it as a file of its own? Null where it is not built. */
  std: 'inside' | 'shared' | null;
  /** Functions with a C interface that its file exports; null where it is not built, or that was not read. */
  exports: readonly string[] | null;
}

/** Everything that the kind of a workspace follows from. */
export interface KindFacts {
  /** `conduwuit`, `tuwunel`: the program of the family; null for others. */
  family: string | null;
  /** Crates that swap libraries by themselves, such as hot-lib-reloader. */
  reloaders: readonly Helper[];
  /** Crates that open libraries, such as libloading. */
  openers: readonly Helper[];
  /** Crates that give Rust types a stable layout, such as abi_stable. */
  stable: readonly Helper[];
  program: {
    name: string;
    std: LibraryFacts['std'];
    /** Does its file call `dlopen`? Null where it is not built. */
    opens: boolean | null;
  };
  libraries: readonly LibraryFacts[];
  /** Dylibs of the workspace that others are linked with, by their manifests: `below` is in several files as one. */
  between: readonly { below: string; users: readonly string[] }[];
  /** Where `-Cprefer-dynamic` is set; null where it is not. */
  preferDynamic: string | null;
}

/** What a workspace is taken for, and why: a sentence. */
export interface FoundKind {
  kind: Kind;
  evidence: string;
}

/**
 * Tells what kind of workspace this is: what its modules need so that they can be swapped. What was built and what the
 * manifests say decide; where neither does, it is `unknown`. Pure.
 */
export function kindOf(facts: KindFacts): FoundKind {
  return (
    ofFamily(facts) ??
    ofReloader(facts) ??
    withoutLibraries(facts) ??
    ofSharedFiles(facts) ??
    ofInterface(facts) ??
    ofSharedCrates(facts) ??
    ofOpener(facts) ?? {
      kind: 'unknown',
      evidence: `${named(facts)}, and nothing says yet how ${facts.program.name} uses ${plural(facts.libraries.length, 'it', 'them')}.`,
    }
  );
}

const named = ({ libraries }: KindFacts): string =>
  `${list(libraries.map(({ name }) => name))} ${plural(libraries.length, 'is a dylib', 'are dylibs')}`;

const helpers = (found: readonly Helper[]): string =>
  list([...new Set(found.map(({ by, crate }) => `${by} depends on ${crate}`))]);

const ofFamily = ({ family }: KindFacts): FoundKind | null =>
  family === null ? null : { kind: 'family', evidence: `Its crates are those of ${family}.` };

function ofReloader({ reloaders }: KindFacts): FoundKind | null {
  if (reloaders.length === 0) return null;
  return { kind: 'hot-lib-reloader', evidence: `${helpers(reloaders)}.` };
}

const withoutLibraries = ({ libraries }: KindFacts): FoundKind | null =>
  libraries.length > 0
    ? null
    : { kind: 'unknown', evidence: 'No crate of the workspace is built as a dynamic library.' };

/**
 * The files that were built share a standard library, or are told to. A dylib needs it as a file in any case; so it is the
 * program's that decides.
 */
function ofSharedFiles({ program, libraries, preferDynamic }: KindFacts): FoundKind | null {
  const sharing = libraries.filter(({ type, std }) => type === 'dylib' && std === 'shared');
  if (program.std === 'shared' && sharing.length > 0) {
    return {
      kind: 'shared-std',
      evidence: `${list([program.name, ...sharing.map(({ name }) => name)])} use one standard library (libstd-….so).`,
    };
  }
  const rust = libraries.some(({ type }) => type === 'dylib');
  return preferDynamic === null || !rust
    ? null
    : { kind: 'shared-std', evidence: `${preferDynamic} sets -Cprefer-dynamic.` };
}

function ofInterface({ libraries, stable }: KindFacts): FoundKind | null {
  if (stable.length > 0) return { kind: 'c-interface', evidence: `${helpers(stable)}.` };
  if (!libraries.every(({ type }) => type === 'cdylib')) return null;
  const exported = [...new Set(libraries.flatMap((each) => each.exports ?? []))];
  const names = list(libraries.map(({ name }) => name));
  const are = plural(libraries.length, 'is a cdylib', 'are cdylibs');
  return {
    kind: 'c-interface',
    evidence:
      exported.length === 0
        ? `${names} ${are}.`
        : `${names} ${are}, and ${plural(libraries.length, 'exports', 'export')} C names only: ${listSome(exported, 3)}.`,
  };
}

/** A dylib below several others is in the process once, so its Rust types are the same for all of them. */
function ofSharedCrates({ between }: KindFacts): FoundKind | null {
  const [first] = between;
  if (first === undefined) return null;
  return {
    kind: 'shared-std',
    evidence: `${list(first.users)} are linked with ${first.below}, a dylib: they share its Rust types.`,
  };
}

function ofOpener({ openers, program, libraries }: KindFacts): FoundKind | null {
  if (program.std === 'shared') return null;
  const own = program.std === 'inside' ? `; ${program.name} has a standard library of its own inside` : '';
  if (openers.length > 0) return { kind: 'hot-lib-reloader', evidence: `${helpers(openers)}${own}.` };
  return program.opens === true && program.std === 'inside' && libraries.some(({ std }) => std !== null)
    ? { kind: 'hot-lib-reloader', evidence: `${program.name} calls dlopen${own}.` }
    : null;
}
