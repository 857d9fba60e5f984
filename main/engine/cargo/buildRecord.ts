import { z } from 'zod';
import { type Artifact, ArtifactSchema, type ScriptOutput, ScriptSchema } from './artifact.ts';
import type { CargoMessage } from './cargoMessages.ts';

/** What cargo said of a build: what it put where. Of crates from elsewhere only what is loaded or run. */
export const BuildRecordSchema = z.object({
  /** The settings that decide where things are put, see Places.key; another build's record says nothing of this one's. */
  key: z.string(),
  artifacts: z.array(ArtifactSchema),
  scripts: z.array(ScriptSchema),
});
export type BuildRecord = z.infer<typeof BuildRecordSchema>;

/** Collects a record from the messages of a running build. */
export class BuildRecorder {
  readonly #key: string;
  readonly #artifacts: Artifact[] = [];
  readonly #scripts: ScriptOutput[] = [];

  constructor(key: string) {
    this.#key = key;
  }

  note(message: CargoMessage): void {
    if (message.kind === 'artifact' && isKept(message.artifact)) this.#artifacts.push(message.artifact);
    if (message.kind === 'script') this.#scripts.push(message.script);
  }

  get record(): BuildRecord {
    return { key: this.#key, artifacts: [...this.#artifacts], scripts: [...this.#scripts] };
  }
}

const LOADED = new Set(['dylib', 'cdylib']);
const isKept = ({ kind, executable }: Artifact): boolean =>
  !kind.includes('custom-build') && (executable !== null || kind.some((each) => LOADED.has(each)));

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
