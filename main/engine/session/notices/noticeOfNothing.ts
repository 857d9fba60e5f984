import type { ModuleGraph, Newness, Notice, Plan } from '#shared/contract.ts';
import { plural } from '#shared/count.ts';
import { notTakenFor } from '../../graph/reasons.ts';
import type { Unnumbered } from './notices.ts';

/** What "Reload anyway" does first, or why it can't. */
const LOOKS_NEW: Readonly<Record<Newness, string>> = {
  'file-identity': 'Reload anyway re-creates the library files, so that the server treats them as changed.',
  'newer-time':
    'Reload anyway gives the library files a newer time first, so that the server treats them as changed.',
  content:
    'The server compares the contents of its libraries, so the same code can’t be made to look new to it.',
};

/**
 * What to tell about a reload that would swap nothing of what was asked for.
 * @param isLoaded whether the server has a module loaded.
 */
export function noticeOfNothing(
  plan: Plan,
  graph: ModuleGraph,
  modules: readonly string[],
  isGuess = false,
  isLoaded: (module: string) => boolean = () => true,
  newness: Newness = 'file-identity',
): Unnumbered {
  const label = (name: string): string => graph.nodes.find((node) => node.name === name)?.label ?? name;
  const names = (all: readonly string[]): string => all.map(label).join(', ');
  const left = plan.leftBehind.filter((name) => modules.length === 0 || modules.includes(name));
  const base = { kind: 'nothing-stale', severity: 'info' } satisfies Partial<Notice>;
  const stuck = plan.findings.filter(
    ({ kind, module, remedy }) => kind === 'left-behind' && remedy === 'restart' && left.includes(module),
  );
  if (stuck.length > 0) {
    const which = names(stuck.map(({ module }) => module));
    return {
      ...base,
      message: `A reload would swap nothing: ${which} ${plural(stuck.length, 'is', 'are')} stuck since an earlier one.`,
      remedy: 'Restart the server.',
      actions: ['restart', 'reload-anyway'],
      modules: left,
    };
  }
  const refused = left.filter((name) => plan.notTaken.includes(name));
  if (refused.length > 0) {
    const [its, is] = refused.length === 1 ? ['its file', 'is'] : ['their files', 'are'];
    return {
      ...base,
      message: `A reload would swap nothing: the code of ${names(refused)} on disk is another, but to the server ${its} ${is} not new (${notTakenFor(newness)}).`,
      remedy: LOOKS_NEW[newness],
      actions: newness === 'content' ? ['restart'] : ['reload-anyway'],
      modules: refused,
    };
  }
  if (left.length > 0) {
    const canRenew = newness !== 'content';
    return {
      ...base,
      message: `A reload would swap nothing: ${names(left)} changed, but the server's rule does not reach ${plural(left.length, 'it', 'them')}.`,
      remedy: canRenew
        ? 'Build everything first; or reload anyway, which makes all modules above look new, so that the server takes them together.'
        : 'Build everything first, or restart the server: it compares contents, so what did not change above can’t be made to look new.',
      actions: canRenew ? ['build', 'reload-anyway'] : ['build', 'restart'],
      modules: left,
    };
  }
  const touched = plan.unchanged.filter((name) => modules.length === 0 || modules.includes(name));
  if (touched.length > 0) {
    const isAll = plan.rule === 'all';
    return {
      ...base,
      message: isAll
        ? `Nothing to reload${isGuess ? ', as far as the log tells' : ''}: every loaded module is the one on disk.`
        : `Nothing new to reload: ${names(touched)} ${plural(touched.length, 'looks', 'look')} new to the server, but the code is the same.`,
      remedy: isAll
        ? 'Reload anyway has the server close and open all of them again; what their statics hold is lost.'
        : 'Reload anyway has the server swap the same code.',
      actions: ['reload-anyway'],
      modules: [],
    };
  }
  const absent = modules.filter((name) => !isLoaded(name));
  const one = (all: readonly string[]): string => plural(all.length, 'is', 'are');
  const which =
    modules.length === 0
      ? graph.order.some(isLoaded)
        ? 'every loaded module is the one on disk'
        : 'no module is loaded'
      : absent.length > 0
        ? `${names(absent)} ${one(absent)} not loaded`
        : `${names(modules)} ${one(modules)} the one on disk already`;
  return {
    ...base,
    message: `Nothing to reload${isGuess ? ', as far as the log tells' : ''}: ${which}.`,
    remedy: LOOKS_NEW[newness],
    actions: newness === 'content' ? [] : ['reload-anyway'],
    modules: [...modules],
  };
}
