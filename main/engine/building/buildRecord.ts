import { z } from 'zod';
import { type Artifact, ArtifactSchema, ScriptSchema } from './artifact.ts';

/** What cargo said of a build: what it put where. Of crates from elsewhere only what is loaded or run. */
export const BuildRecordSchema = z.object({
  /** The settings that decide where things are put, see Places.key; another build's record says nothing of this one's. */
  key: z.string(),
  artifacts: z.array(ArtifactSchema),
  scripts: z.array(ScriptSchema),
});
export type BuildRecord = z.infer<typeof BuildRecordSchema>;

/**
 * What is known after a build that ended early: what it said, and of the rest what the one before said, if that was a
 * build with the same settings. Pure.
 */
export function joinRecords(before: BuildRecord | null, after: BuildRecord): BuildRecord {
  if (before === null || before.key !== after.key) return after;
  const targetOf = ({ id, target, kind }: Artifact): string => `${id} ${target} ${kind.join()}`;
  const said = new Set(after.artifacts.map(targetOf));
  const scripts = new Set(after.scripts.map(({ id }) => id));
  return {
    key: after.key,
    artifacts: [...before.artifacts.filter((each) => !said.has(targetOf(each))), ...after.artifacts],
    scripts: [...before.scripts.filter(({ id }) => !scripts.has(id)), ...after.scripts],
  };
}
