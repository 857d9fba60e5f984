import { basename } from 'node:path';
import type { Mode, ModuleGraph } from '../../../preload/contract.ts';
import { hasFeature } from '../workspace/features.ts';
import type { Workspace } from '../workspace/workspace.ts';
import type { Linked } from './linked.ts';

/** What of a workspace decides whether its server can be reloaded. */
export interface ModeFacts {
  workspace: Pick<
    Workspace,
    'family' | 'libraries' | 'packages' | 'program' | 'buildArguments' | 'outputDirectory'
  >;
  graph: Pick<ModuleGraph, 'order' | 'rolesFrom'>;
  linked: Linked;
  /** Is the family's cfg in force, as cargo says? Null where that isn't known, or doesn't matter. */
  cfg: boolean | null;
  /** A server runs, and has opened a module. */
  opened: boolean;
}

const MODULES: Mode = { name: 'modules' };
const SET_UP = 'Set the workspace up (Set up, in the toolbar), then build again.';

/** Whether this build has modules that can be swapped, and if not, why. What the kernel shows decides first. */
export function modeOf({ workspace, graph, linked, cfg, opened }: ModeFacts): Mode {
  if (opened) return MODULES;
  const reason = familyReason(workspace, cfg) ?? plainReason(workspace, graph, linked);
  if (reason === null) return MODULES;
  const profile = profileOf(workspace.outputDirectory);
  const remedy =
    workspace.family !== null && profile !== 'debug'
      ? `The modules are for the dev profile: build without --release or --profile (hotdeck.json, build.arguments).`
      : SET_UP;
  return { name: 'static', reason, remedy };
}

/** What the family lacks of the three things that make it build modules. */
function familyReason(
  { family, libraries, packages, program, buildArguments, outputDirectory }: ModeFacts['workspace'],
  cfg: boolean | null,
): string | null {
  if (family === null) return null;
  const dynamic = new Set(libraries.map((library) => library.package));
  const lacking = family.modules.filter((name) => !dynamic.has(name));
  if (lacking.length === family.modules.length) {
    return 'None of the modules is built as a dynamic library: the server is one piece, and Ctrl+C shuts it down.';
  }
  if (lacking.length > 0) {
    return `${lacking.join(', ')} ${lacking.length === 1 ? 'is' : 'are'} not built as a dynamic library, and the server opens all modules or none.`;
  }
  if (cfg === false) {
    const profile = profileOf(outputDirectory);
    const where = profile === 'debug' ? 'The build' : `The ${profile} build`;
    return `${where} has no \`--cfg ${family.mods}\`: the server is linked in one piece, and Ctrl+C shuts it down.`;
  }
  const defaults = packages.programs.find((each) => each.package === program.package)?.defaults ?? [];
  return family.hasFeature && !hasFeature(family.mods, buildArguments, defaults)
    ? `The build is without the feature ${family.mods}: the server is linked in one piece, and Ctrl+C shuts it down.`
    : null;
}

function plainReason(
  { libraries }: ModeFacts['workspace'],
  { order, rolesFrom }: ModeFacts['graph'],
  linked: Linked,
): string | null {
  if (libraries.length === 0)
    return 'No crate of this workspace is a dynamic library: the program is one piece.';
  // Before the first build the roles are guessed.
  if (order.length === 0 && rolesFrom !== 'manifests') {
    return 'The program is linked to every library of the workspace: it opens none while it runs.';
  }
  return linked.programNeedsStd === false && linked.modulesNeedStd
    ? 'The program that was built has the standard library in it, and the modules need it as a library: it can open none of them.'
    : null;
}

const profileOf = (outputDirectory: string): string => basename(outputDirectory);
