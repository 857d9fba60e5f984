import type { Failure } from '#shared/contract.ts';
import { failed, type Result, success } from '../../result.ts';
import type { FileEdit } from '../types.ts';
import { bytesOf, type Manifest } from './manifest.ts';
import { applySplices, changedLines, type Splice } from './splices.ts';
import { type Change, parseToml, sameMeaning, withChanges } from './values.ts';

/** What it takes to bring one thing about in one file. */
export type Outcome = { state: 'done' } | OpenOutcome | { state: 'refused'; failure: Failure };

/** Something that is left to do, and the edit that does it. */
interface OpenOutcome {
  state: 'missing' | 'partly';
  splices: Splice[];
  /** All that the edit changes in the meaning of the file. */
  change: Change;
  /** A few words. */
  title: string;
}

const isOpen = (outcome: Outcome): outcome is OpenOutcome =>
  outcome.state === 'missing' || outcome.state === 'partly';

export const refused = (kind: string, message: string, remedy: string): Outcome => ({
  state: 'refused',
  failure: failed(kind, message, remedy).failure,
});

/**
 * The edit of a file that brings some things about, or null where nothing is left to do. It is made only if the file
 * then means what it meant, but for those things.
 */
export function editOf(manifest: Manifest, outcomes: readonly Outcome[]): Result<FileEdit | null> {
  const open = outcomes.filter(isOpen);
  if (open.length === 0) return success(null);
  const splices = open.flatMap((each) => each.splices);
  const text = applySplices(manifest.text, splices);
  const meant = withChanges(
    manifest.values,
    open.map((each) => each.change),
  );
  const means = parseToml(text);
  if (!means.ok || !sameMeaning(means.value, meant)) {
    return failed(
      'unclear-edit',
      `${manifest.file}: the edit would not mean what it should there.`,
      `Make it by hand: ${open.map((each) => each.title).join('; ')}.`,
    );
  }
  return success({
    file: manifest.file,
    before: bytesOf(manifest, manifest.text),
    after: bytesOf(manifest, text),
    steps: open.map((each) => each.title),
    lines: changedLines(manifest.text, splices),
  });
}
