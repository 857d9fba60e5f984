import { isDeepStrictEqual } from 'node:util';
import type {
  ModuleGraph,
  Newness,
  Notice,
  NoticeKind,
  Plan,
  ServerState,
  Signal,
} from '#shared/contract.ts';
import { noticeBefore } from './askFirst.ts';
import { noticeOfNothing } from './noticeOfNothing.ts';
import type { Unnumbered } from './notices.ts';

/** What notices depend on that were told for the state as it was. */
export interface NoticeFacts {
  plan: Plan;
  graph: ModuleGraph;
  server: ServerState['name'];
  isGuess: boolean;
  /** Whether the server has a module loaded. */
  isLoaded(module: string): boolean;
  newness: Newness;
  /** The signal that asks for a reload; null where none does. */
  signal: Signal | null;
  /** Whether the file of each node is there. */
  isThere(name: string): boolean;
}

/** Questions that stood before a reload, and answers in place of one. */
const ASKED: ReadonlySet<NoticeKind> = new Set(['needs-restart', 'blocked'] as const);

/**
 * A notice as it would be told now; null where its reason is gone. Notices of what has happened stay as they are, until
 * what they advise is done: that is told by whoever does it. Pure.
 */
function noticeNow(notice: Unnumbered, facts: NoticeFacts): Unnumbered | null {
  const { plan, graph, server, isGuess } = facts;
  const isUp = server === 'running';
  if (ASKED.has(notice.kind)) return isUp ? noticeBefore(plan, graph) : null;
  if (notice.kind === 'nothing-stale') {
    if (!isUp) return null;
    const { modules } = notice;
    const changing = plan.unload.filter((name) => !plan.unchanged.includes(name));
    const wanted = modules.length === 0 ? changing : modules;
    return wanted.some((name) => changing.includes(name))
      ? null
      : noticeOfNothing(plan, graph, modules, isGuess, facts.isLoaded, facts.newness);
  }
  if (notice.kind === 'signal-not-sent') {
    return isUp && notice.signal === facts.signal ? notice : null;
  }
  if (notice.kind === 'missing-library') {
    // Only where the workspace makes it: its file is there again.
    return notice.modules.length > 0 && notice.modules.every(facts.isThere) ? null : notice;
  }
  return notice;
}

/** What of the notices would be told otherwise now, or not at all; those that stay as they are are left out. Pure. */
export function changedNotices(
  notices: readonly Notice[],
  facts: NoticeFacts,
): { id: string; now: Unnumbered | null }[] {
  return notices.flatMap(({ id, ...told }) => {
    const now = noticeNow(told, facts);
    return now !== null && isDeepStrictEqual(told, now) ? [] : [{ id, now }];
  });
}
