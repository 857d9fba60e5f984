import type { Packages, Program } from '../cargo/packages/packages.ts';
import { familyOf } from '../families/families.ts';
import type { FamilyBehavior, FamilyModules, ServerFamily } from '../families/family.ts';

/** What is known of a server before anybody says anything. */
export interface Profile extends FamilyBehavior {
  name: 'generic' | ServerFamily['name'];
  /** What its modules take, whether they are dynamic libraries yet or not; null for others. */
  family: FamilyModules | null;
  /** Bottom-up, or null where it has to be found out. */
  modules: string[] | null;
  buildArguments: string[];
}

/** Goes by the names of the packages: before a setup none of them is a dynamic library. */
export function detectProfile({ libraries, folders, programs }: Packages): Profile {
  const found = familyOf(folders, programs);
  if (found === null) {
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
  const { family, modules } = found;
  const dynamic = new Set(libraries.map((library) => library.package));
  return {
    name: family.name,
    family: modules,
    ...family.behavior,
    modules: modules.modules.filter((name) => dynamic.has(name)),
    buildArguments: modules.hasFeature ? ['--features', modules.mods] : [],
  };
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
