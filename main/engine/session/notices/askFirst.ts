import type { Finding, ModuleGraph, Newness, Notice, Plan } from '#shared/contract.ts';
import { plural } from '#shared/count.ts';
import { needsOf } from '../../graph/closure.ts';
import { notTakenFor } from '../../graph/reasons.ts';
import type { Unnumbered } from './notices.ts';

/** The rest is in the plan. */
const MOST_SENTENCES = 3;

/** The findings that a reload should not be done with. */
const blockingOf = (plan: Plan): Finding[] =>
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

/** A module that stays behind because the server does not see that its file is another one. */
export const notTakenFinding = (finding: Finding, newness: Newness): Finding =>
  finding.kind === 'left-behind'
    ? {
        ...finding,
        message: `Its code on disk is another, but the server won't take it for new: ${notTakenFor(newness)}.`,
        remedy: newness === 'content' ? 'restart' : 'renew',
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
  const are = (names: readonly string[]): string => plural(names.length, 'is', 'are');
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
