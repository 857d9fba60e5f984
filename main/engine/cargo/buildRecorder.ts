import type { Artifact, ScriptOutput } from '../building/artifact.ts';
import type { BuildRecord } from '../building/buildRecord.ts';
import type { CargoMessage } from './cargoMessages.ts';

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
