import type { FamilyModules, Names, ServerFamily } from '../family.ts';
import { doubleFunctions } from './doubleFunctions.ts';
import { conduwuitLog } from './logRules.ts';
import { parseModuleNames } from './moduleNames.ts';
import { MODULES, PROGRAMS } from './names.ts';
import { conduwuitSetup } from './setup.ts';

/** conduwuit and its forks: tuwunel, continuwuity. */
export const conduwuit: ServerFamily = {
  name: 'conduwuit',
  behavior: {
    rule: 'stack',
    // core/mods/module.rs:55-60, `deleted()`: its time of change is later than the time of loading.
    newness: 'newer-time',
    reload: { by: 'signal', signal: 'SIGINT' },
    shutdown: 'SIGQUIT',
    ready: 'Listening (on|at) ',
  },
  modulesIn,
  setup: conduwuitSetup,
  source: {
    featureAmong: (features) => features.find((name) => /^\w+_mods$/.test(name)) ?? null,
    isProgramFolder: (folder) => folder.endsWith('main'),
    moduleNames: parseModuleNames,
    doubleFunctions,
  },
  log: conduwuitLog,
};

function modulesIn(
  packages: Names,
  programs: readonly { features: readonly string[] }[],
): FamilyModules | null {
  for (const name of PROGRAMS) {
    for (const joint of ['_', '-']) {
      const modules = MODULES.map((module) => name + joint + module);
      if (!modules.every((module) => packages.has(module))) continue;
      const mods = `${name}_mods`;
      // Since 2025-01 the feature is needed beside the cfg.
      return { mods, hasFeature: programs.some(({ features }) => features.includes(mods)), modules };
    }
  }
  return null;
}
