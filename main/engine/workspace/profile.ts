import type { Rule } from '../../../preload/contract.ts';
import type { Packages, Program } from './packages.ts';
import type { Signal } from './settingsFile.ts';

/** What is known of a family of servers before anybody says anything. */
export interface Profile {
  name: 'generic' | 'conduwuit';
  rule: Rule;
  reload: Signal;
  shutdown: Signal;
  /** Bottom-up, or null where it has to be found out. */
  modules: string[] | null;
  ready: string;
  buildArguments: string[];
}

// conduwuit src/main/mods.rs:26-34 (tuwunel and continuwuity alike): the modules, in load order. core is linked.
const FAMILY_MODULES = ['database', 'service', 'api', 'admin', 'router'];
const FAMILY_PREFIXES = ['conduwuit_', 'tuwunel_'];
// The cargo feature without which the family builds statically, and Ctrl+C shuts down (src/main/Cargo.toml:37-50).
const FAMILY_FEATURE = 'conduwuit_mods';

export function detectProfile(packages: Packages): Profile {
  const names = new Set(packages.libraries.map((library) => library.package));
  for (const prefix of FAMILY_PREFIXES) {
    const modules = FAMILY_MODULES.map((name) => prefix + name);
    if (!modules.every((name) => names.has(name))) continue;
    return {
      name: 'conduwuit',
      rule: 'stack',
      reload: 'SIGINT',
      shutdown: 'SIGQUIT',
      modules,
      ready: 'Listening (on|at) ',
      buildArguments: packages.programs.some((program) => program.features.includes(FAMILY_FEATURE))
        ? ['--features', FAMILY_FEATURE]
        : [],
    };
  }
  return {
    name: 'generic',
    rule: 'dependents',
    reload: 'SIGINT',
    shutdown: 'SIGQUIT',
    modules: null,
    ready: 'Listening on ',
    buildArguments: [],
  };
}

/**
 * The program that is the server, where the user has not said: the only one; or the one that a package runs by
 * default; or the one whose package names all the libraries begin with (depot, for depot_api and depot_core).
 */
export function detectProgram(packages: Packages): Program | null {
  const { programs, libraries } = packages;
  if (programs.length === 1) return programs[0] ?? null;
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
