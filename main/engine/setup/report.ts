import { isDeepStrictEqual } from 'node:util';
import type { Applied, SetupReport, Way } from '#shared/contract.ts';
import { installedLinkers, LINKERS } from '../rust/linkers.ts';
import { diffOf } from './changes/diffOf.ts';
import { gitStatus, isDirty } from './changes/gitStatus.ts';
import { runChecks } from './checks/runChecks.ts';
import type { Seen } from './look.ts';
import { planIdOf } from './planId.ts';
import { findRisks } from './risks.ts';
import type { SetupWay } from './types.ts';

/** Says what was seen of a setup and what there is to do; no way is proved yet. Changes and builds nothing. */
export async function makeReport(seen: Seen, applied: Applied | null): Promise<SetupReport> {
  const { root, env, plan, choices, toolchains, kind } = seen;
  const [git, checks, installed, risks] = await Promise.all([
    gitStatus(root, env),
    runChecks(seen),
    installedLinkers(env, toolchains),
    findRisks(seen),
  ]);
  return {
    root,
    kind,
    checks,
    ways: plan.ways.map((way) => show(way, seen, git, risks)),
    applied,
    git,
    toolchains: toolchains.kind === 'rustup' ? toolchains.installed.map(({ name }) => name) : [],
    toolchain: choices.toolchain,
    linkers: LINKERS.map((id) => ({
      id,
      version: installed.find((each) => each.id === id)?.version ?? null,
      worked: choices.worked.includes(id),
    })),
    linker: choices.linker,
  };
}

const show = (way: SetupWay, seen: Seen, git: string[] | null, risks: string[]): Way => ({
  id: way.id,
  done: isDone(way, seen),
  arguments: way.arguments,
  files: way.edits.map((edit) => diffOf(edit, isDirty(git, edit.file))),
  lines: way.edits.reduce((sum, { lines }) => sum + lines, 0),
  refusals: way.refusals,
  risks: isDone(way, seen) ? [] : risks,
  plan: planIdOf(way),
  proof: null,
});

/** Nothing is left to do: all of it is in the files, or what can be outside of them is chosen. */
function isDone(way: SetupWay, { plan, choices }: Seen): boolean {
  const isEmpty = ({ edits, refusals }: SetupWay): boolean => edits.length + refusals.length === 0;
  if (!isEmpty(way)) return false;
  const inFiles = plan.ways.some((each) => each.id === 'edits' && isEmpty(each));
  return way.id === 'edits' || inFiles || isDeepStrictEqual(choices.flags, way.arguments);
}
