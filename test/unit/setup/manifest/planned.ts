/** Plans over files that are given as texts. */
import { diffLines } from 'diff';
import { parse } from 'smol-toml';
import type { Refusal, WayId } from '#shared/contract.ts';
import { planSetup } from '../../../../main/engine/setup/planSetup.ts';
import type { SetupPlan, SetupWay } from '../../../../main/engine/setup/types.ts';

export type Files = Record<string, string | Buffer>;

export function planOf(files: Files, refusals: readonly Refusal[] = []): SetupPlan {
  const sources = Object.entries(files).map(([file, content]) => ({ file, bytes: Buffer.from(content) }));
  return planSetup(sources, refusals);
}

export function wayOf(plan: SetupPlan, id: WayId): SetupWay {
  const way = plan.ways.find((each) => each.id === id);
  if (way === undefined) throw new Error(`no way ${id}`);
  return way;
}

export const linesOf = (way: SetupWay): number => way.edits.reduce((sum, edit) => sum + edit.lines, 0);

/** The files once a way has been applied to them. */
export function applied(files: Files, way: SetupWay): Files {
  const edited = way.edits.map((edit) => [edit.file, edit.after]);
  return { ...files, ...Object.fromEntries(edited) };
}

export const kinds = (way: SetupWay): string[] =>
  way.refusals.map(({ file, failure }) => `${file}: ${failure.kind}`);

/** The text of a file after a way. */
export const textAfter = (files: Files, way: SetupWay, file: string): string =>
  String(applied(files, way)[file] ?? '');

/** Lines that an edit takes away and puts in their place. */
export function changes(before: string, later: string): { removed: string[]; added: string[] } {
  const parts = diffLines(before, later);
  const lines = (text: string): string[] =>
    text.split('\n').filter((line, at, all) => at < all.length - 1 || line !== '');
  return {
    removed: parts.filter((part) => part.removed).flatMap((part) => lines(part.value)),
    added: parts.filter((part) => part.added).flatMap((part) => lines(part.value)),
  };
}

export const meaning = (text: string): unknown => parse(text.replace(/^\ufeff/, ''));
