import type { Refusal, WayId } from '#shared/contract.ts';
import type { Manifest } from './manifest/manifest.ts';
import { editOf, type Outcome } from './manifest/outcome.ts';
import type { Sources } from './sources.ts';
import type { FileEdit, SetupStep, SetupWay } from './types.ts';

/** One thing to bring about in one file. */
export interface Wanted {
  id: string;
  title: string;
  manifest: Manifest;
  outcome: Outcome;
}

export const stepOf = ({ id, title, manifest, outcome }: Wanted): SetupStep => ({
  id,
  title,
  file: manifest.file,
  state: outcome.state,
});

/**
 * A way that consists of some edits and arguments. A file in which one thing is refused isn't touched at all.
 * @param more refusals that don't come from an edit.
 */
export function wayOf(
  id: WayId,
  cargoArguments: string[],
  wanted: readonly Wanted[],
  sources: Sources,
  more: readonly Refusal[] = [],
): SetupWay {
  const byFile = new Map<Manifest, Outcome[]>();
  for (const { manifest, outcome } of wanted) {
    byFile.set(manifest, [...(byFile.get(manifest) ?? []), outcome]);
  }
  const refusals = [...sources.unread, ...more];
  const edits = new Map<string, FileEdit>();
  for (const [manifest, outcomes] of byFile) {
    const refused = outcomes.filter((each) => each.state === 'refused');
    for (const { failure } of refused) refusals.push({ file: manifest.file, failure });
    if (refused.length > 0) continue;
    const made = editOf(manifest, outcomes);
    if (!made.ok) refusals.push({ file: manifest.file, failure: made.failure });
    else if (made.value !== null) place(made.value);
  }
  return { id, arguments: cargoArguments, edits: [...edits.values()], refusals };

  function place(edit: FileEdit): void {
    const guarded = sources.guarded.get(edit.file);
    if (guarded !== undefined) {
      refusals.push(guarded);
      return;
    }
    const file = sources.targets.get(edit.file) ?? edit.file;
    edits.set(file, {
      ...edit,
      file,
      before: edit.file === sources.configFile && sources.config === null ? null : edit.before,
    });
  }
}
