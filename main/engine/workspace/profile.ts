import type { Newness, ReloadBy, Rule, Signal } from '#shared/contract.ts';
import type { Packages, Program } from '../cargo/packages/packages.ts';

/** What is known of a family of servers before anybody says anything. */
export interface Profile {
  name: 'generic' | 'conduwuit';
  /** What its modules take, whether they are dynamic libraries yet or not; null for others. */
  family: Family | null;
  rule: Rule;
  /** By what its servers tell that a library is new; null where that is not known. */
  newness: Newness | null;
  reload: ReloadBy;
  shutdown: Signal;
  /** Bottom-up, or null where it has to be found out. */
  modules: string[] | null;
  /** A regular expression; null: the common phrasings. */
  ready: string | null;
  buildArguments: string[];
}

export interface Family {
  /** The cfg without which the program is linked in one piece, and the cargo feature without which the cfg is none. */
  mods: string;
  /** Has the program that feature? (Since 2025-01 it is needed beside the cfg.) */
  hasFeature: boolean;
  /** Packages of the modules, bottom-up. */
  modules: string[];
}

// conduwuit src/main/mods.rs:26-34 (tuwunel and continuwuity alike): the modules, in load order. core is linked.
const FAMILY_MODULES = ['database', 'service', 'api', 'admin', 'router'];
const FAMILY_NAMES = ['conduwuit', 'tuwunel'];

/** Goes by the names of the packages: before a set-up none of them is a dynamic library. */
export function detectProfile(packages: Packages): Profile {
  const dynamic = new Set(packages.libraries.map((library) => library.package));
  const family = detectFamily(packages);
  if (family !== null) {
    return {
      name: 'conduwuit',
      family,
      rule: 'stack',
      // core/mods/module.rs:55-60, `deleted()`: its time of change is later than the time of loading.
      newness: 'newer-time',
      reload: { by: 'signal', signal: 'SIGINT' },
      shutdown: 'SIGQUIT',
      modules: family.modules.filter((name) => dynamic.has(name)),
      ready: 'Listening (on|at) ',
      buildArguments: family.hasFeature ? ['--features', family.mods] : [],
    };
  }
  return {
    name: 'generic',
    family: null,
    rule: 'dependents',
    newness: null,
    reload: { by: 'signal', signal: 'SIGINT' },
    shutdown: 'SIGQUIT',
    modules: null,
    ready: null,
    buildArguments: [],
  };
}

function detectFamily({ folders, programs }: Packages): Family | null {
  for (const name of FAMILY_NAMES) {
    for (const joint of ['_', '-']) {
      const modules = FAMILY_MODULES.map((module) => name + joint + module);
      if (!modules.every((module) => folders.has(module))) continue;
      const mods = `${name}_mods`;
      return { mods, hasFeature: programs.some(({ features }) => features.includes(mods)), modules };
    }
  }
  return null;
}

/**
 * The program that is the server, where the user has not said: the only one; or the one that a package runs by
 * default; or the one whose package names all the libraries begin with (depot, for depot_api and depot_core).
 */
export function detectProgram(packages: Packages): Program | null {
  const { programs, libraries } = packages;
  if (programs.length === 1) return programs[0] ?? null;
  const built = programs.filter((program) => program.missing.length === 0);
  if (built.length === 1) return built[0] ?? null;
  const byDefault = programs.filter((program) => program.defaultRun);
  if (byDefault.length === 1) return byDefault[0] ?? null;
  const named = programs.filter(
    (program) =>
      program.binary === program.package &&
      libraries.length > 0 &&
      libraries.every((library) => library.package.startsWith(program.package)),
  );
  return named.length === 1 ? (named[0] ?? null) : null;
}
