import { basename } from 'node:path';
import type { Mode, ModuleGraph } from '#shared/contract.ts';
import { plural } from '#shared/count.ts';
import { hasFeature } from '../../rust/featureArguments.ts';
import type { Workspace } from '../../workspace/workspace.ts';

/** What of a workspace decides whether its server can be reloaded. */
export interface ModeFacts {
  workspace: Pick<
    Workspace,
    | 'kind'
    | 'family'
    | 'libraries'
    | 'packages'
    | 'program'
    | 'buildArguments'
    | 'outputDirectory'
    | 'reloadFeature'
  >;
  graph: Pick<ModuleGraph, 'order' | 'rolesFrom'>;
  /** Is the family's cfg in force, as cargo says? Null where that isn't known, or doesn't matter. */
  cfg: boolean | null;
  /** A server runs, and has opened a module. */
  opened: boolean;
}

const MODULES: Mode = { name: 'modules' };
const SET_UP = 'Set the workspace up (Set up, in the toolbar), then build again.';

/** Whether this build has modules that can be swapped, and if not, why. What the kernel shows decides first. */
export function modeOf({ workspace, graph, cfg, opened }: ModeFacts): Mode {
  if (opened) return MODULES;
  const reason = familyReason(workspace, cfg) ?? featureReason(workspace) ?? plainReason(workspace, graph);
  if (reason === null) return MODULES;
  return { name: 'static', reason, remedy: remedyFor(workspace) };
}

function remedyFor(workspace: ModeFacts['workspace']): string {
  const { family, kind, outputDirectory, reloadFeature } = workspace;
  if (reloadFeature !== null && featureReason(workspace) !== null) {
    return `Add "--features", "${reloadFeature.feature}" to "build": { "arguments": […] } in hotdeck.json.`;
  }
  if (kind === 'hot-lib-reloader') {
    return 'Add crate-type = ["rlib", "dylib"] to the [lib] of the crate to swap.';
  }
  return family !== null && profileOf(outputDirectory) !== 'debug'
    ? `The modules are for the dev profile: build without --release or --profile (hotdeck.json, build.arguments).`
    : SET_UP;
}

/** A program that reloads by a feature does so only with it. */
function featureReason({
  reloadFeature,
  packages,
  program,
  buildArguments,
}: ModeFacts['workspace']): string | null {
  if (reloadFeature === null) return null;
  const defaults = packages.programs.find((each) => each.package === program.package)?.defaults ?? [];
  const { feature, crate } = reloadFeature;
  return hasFeature(feature, buildArguments, defaults)
    ? null
    : `The build is without the feature ${feature}, which turns ${crate} on: the program is one piece.`;
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
    return `${lacking.join(', ')} ${plural(lacking.length, 'is', 'are')} not built as a dynamic library, and the server opens all modules or none.`;
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
  { kind, libraries }: ModeFacts['workspace'],
  { order, rolesFrom }: ModeFacts['graph'],
): string | null {
  if (libraries.length === 0)
    return 'No crate of this workspace is a dynamic library: the program is one piece.';
  // Before the first build the roles are guessed; and what is linked may be opened as a copy besides.
  if (order.length > 0 || rolesFrom === 'manifests' || kind === 'hot-lib-reloader') return null;
  return 'The program is linked to every library of the workspace, so none is left for it to open.';
}

const profileOf = (outputDirectory: string): string => basename(outputDirectory);
