import { conduwuit } from './conduwuit/conduwuit.ts';
import type { FamilyModules, FamilyNames, FamilySource, Names, ServerFamily, SetupRecipe } from './family.ts';
import type { LogFact, LogStatement } from './logEvent.ts';

/** All families that are known. A second one is added here, with a folder of its own. */
const FAMILIES: readonly ServerFamily[] = [conduwuit];

/** The first answer that any family gives; null where none does. */
function first<T>(ask: (family: ServerFamily) => T | null): T | null {
  for (const family of FAMILIES) {
    const answer = ask(family);
    if (answer !== null) return answer;
  }
  return null;
}

/** Finds the family of a workspace by the names of its packages: before a setup none of them is a dynamic library. */
export const familyOf = (
  packages: Names,
  programs: readonly { features: readonly string[] }[],
): { family: ServerFamily; modules: FamilyModules } | null =>
  first((family) => {
    const modules = family.modulesIn(packages, programs);
    return modules === null ? null : { family, modules };
  });

/** Finds what the manifests of a workspace have to hold, if it is of a family or made in the way of one. */
export const recipeFor = (
  packages: ReadonlySet<string>,
  devFlags: readonly string[],
): { names: FamilyNames; recipe: SetupRecipe } | null =>
  first(({ setup }) => {
    const names = setup.namesIn(packages, devFlags);
    return names === null ? null : { names, recipe: setup.recipe(names) };
  });

/** The cfg that makes servers of a family modular, if it is among these flags of rustc. */
export const modulesCfgAmong = (flags: readonly string[]): string | null =>
  first(({ setup }) => setup.cfgAmong(flags));

/** The cfg for a workspace of a family with this module. */
export const modulesCfgFor = (module: string | undefined): string => conduwuit.setup.cfgFor(module);

/** Reads the server's own source and manifests. */
export const familySource: FamilySource = {
  featureAmong: (features) => first(({ source }) => source.featureAmong(features)),
  isProgramFolder: (folder) => FAMILIES.some(({ source }) => source.isProgramFolder(folder)),
  moduleNames: (text) => first(({ source }) => source.moduleNames(text)),
  doubleFunctions: (text) => FAMILIES.flatMap(({ source }) => source.doubleFunctions(text)),
};

/** The servers that are known to write such logs: each one's crates are called NAME or NAME_something. */
export const LOG_CRATES: readonly string[] = FAMILIES.flatMap(({ log }) => log.crates);

/** Texts of which every line with a fact has one. */
export const FACT_WORDS: readonly string[] = FAMILIES.flatMap(({ log }) => log.words);

/** What a line of a server's log says by the rules of any family, or null. */
export const factOf = (line: LogStatement): LogFact | null => first(({ log }) => log.factOf(line));
