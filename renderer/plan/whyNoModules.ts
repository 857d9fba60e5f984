import type { ModuleGraph } from '#shared/contract.ts';
import { plural } from '#shared/count.ts';

/** Why a workspace has no module that could be reloaded, and what helps. */
export interface NoModules {
  readonly title: string;
  readonly more: string;
  readonly remedy: 'build' | 'set-up';
}

/**
 * Says why no node is a module; null where one is. Before the first build roles come from manifests, which don't tell
 * which libraries the program links in the end: then nothing is known yet. Pure.
 */
export function whyNoModules({ nodes, rolesFrom }: ModuleGraph): NoModules | null {
  if (nodes.some(({ role }) => role === 'module')) return null;
  const libraries = nodes.filter(({ role }) => role === 'pinned').length;
  if (libraries === 0) {
    return {
      title: 'This workspace has no modules yet.',
      more: 'None of its libraries is built as a dylib that the server opens while it runs.',
      remedy: 'set-up',
    };
  }
  if (rolesFrom === 'manifests') {
    return {
      title: 'Not built yet.',
      more: `Whether the server opens ${plural(libraries, 'the library', 'libraries')} of this workspace while it runs is known after the first build.`,
      remedy: 'build',
    };
  }
  const one = libraries === 1;
  return {
    title: 'This workspace has no modules.',
    more:
      rolesFrom === 'settings'
        ? 'hotdeck.json names none ("modules").'
        : `${one ? 'Its one library is' : `Its ${libraries} libraries are`} linked into the program, or linked NODELETE: ${one ? 'it stays' : 'they stay'} until the server ends.`,
    remedy: 'set-up',
  };
}
