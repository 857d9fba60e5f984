import type { Finding, ModuleGraph, Notice, Plan } from '../../../preload/contract.ts';
import { needsOf } from '../graph/closure.ts';
import type { Unnumbered } from './notices.ts';

/** The rest is in the plan. */
const MOST_SENTENCES = 3;

/** The findings that a reload should not be done with. */
export const blockingOf = (plan: Plan): Finding[] =>
  plan.findings.filter((finding) => finding.severity === 'blocking');

/** A module that stays behind because it is stuck: no build and no reload brings it in. */
export const stuckFinding = (finding: Finding): Finding =>
  finding.kind === 'left-behind'
    ? {
        ...finding,
        message: 'It is stuck: its old code stays mapped until the server ends.',
        remedy: 'restart',
      }
    : finding;

/**
 * What to ask before a reload that would fail, or would not bring in what changed: one notice for all. Null where
 * nothing is in the way.
 */
export function noticeBefore(plan: Plan, graph: ModuleGraph): Unnumbered | null {
  const blocking = blockingOf(plan);
  const sentences = blocking.slice(0, MOST_SENTENCES).map((finding) => finding.message);
  if (blocking.length > sentences.length) {
    sentences.push(`The reload plan names ${blocking.length - sentences.length} more.`);
  }
  const base = { severity: 'warning', modules: [] } satisfies Partial<Notice>;
  const needsBuild = blocking.some((finding) => finding.remedy === 'rebuild');
  if (plan.restart.length > 0) {
    const remedy = needsBuild ? 'Build again, then restart the server.' : 'Restart the server.';
    return {
      ...base,
      kind: 'needs-restart',
      message: [...restartSentences(plan, graph), ...sentences].join(' '),
      remedy,
      actions: [...(needsBuild ? (['build'] as const) : []), 'restart', 'reload-anyway'],
    };
  }
  if (blocking.length === 0) return null;
  const needsRestart = blocking.some(({ remedy }) => remedy !== null && remedy !== 'rebuild');
  const actions: Notice['actions'] = [];
  if (needsBuild) actions.push('build');
  if (needsRestart) actions.push('restart');
  return {
    ...base,
    kind: 'blocked',
    message: sentences.join(' '),
    remedy: remedyOf(needsBuild, needsRestart),
    actions: [...actions, 'reload-anyway'],
  };
}

/** Null where neither a build nor a restart brings in what is missing. */
function remedyOf(needsBuild: boolean, needsRestart: boolean): string | null {
  if (!needsBuild) return needsRestart ? 'Restart the server.' : null;
  return needsRestart ? 'Build again, then restart the server.' : 'Build again.';
}

/** What the program links stays as it is; what is pinned by its own file stays once it is loaded. */
function restartSentences({ restart }: Plan, { nodes }: ModuleGraph): string[] {
  const programs = nodes.filter((node) => node.role === 'executable').map((node) => node.name);
  const linked = new Set([...programs, ...needsOf(programs, nodes)]);
  const labels = (names: readonly string[]): string =>
    names.map((name) => nodes.find((node) => node.name === name)?.label ?? name).join(', ');
  const bound = restart.filter((name) => linked.has(name));
  const own = restart.filter((name) => !linked.has(name));
  const are = (names: readonly string[]): string => (names.length === 1 ? 'is' : 'are');
  return [
    ...(bound.length === 0
      ? []
      : [
          `A reload can't bring this change in: ${labels(bound)} ${are(bound)} linked into the running program.`,
        ]),
    ...(own.length === 0
      ? []
      : [`Only a restart is sure to bring in ${labels(own)}, which ${are(own)} pinned.`]),
  ];
}

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
      message: `A reload would swap nothing: ${which} ${stuck.length === 1 ? 'is' : 'are'} stuck since an earlier one.`,
      remedy: 'Restart the server.',
      actions: ['restart', 'reload-anyway'],
      modules: left,
    };
  }
  if (left.length > 0) {
    return {
      ...base,
      message: `A reload would swap nothing: ${names(left)} changed, but the server's rule does not reach ${left.length === 1 ? 'it' : 'them'}.`,
      remedy:
        'Build everything first; or reload anyway, which makes all modules above look new, so that the server takes them together.',
      actions: ['build', 'reload-anyway'],
      modules: left,
    };
  }
  const absent = modules.filter((name) => !isLoaded(name));
  const one = (all: readonly string[]): string => (all.length === 1 ? 'is' : 'are');
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
    remedy: 'Reload anyway gives the library files a new inode first, so that the server takes them for new.',
    actions: ['reload-anyway'],
    modules: [...modules],
  };
}
