import type { Artifact } from '../../process/artifacts.ts';
import { stampKey } from '../../process/fileStamp.ts';
import { Emitter } from '../emitter.ts';

/** Artifacts that hold other code than before, though nothing was built here. */
export interface Replaced {
  /** When that was over, as far as it was seen; ms since the epoch. */
  at: number;
  modules: string[];
}

interface Known {
  stamp: string;
  code: string | null;
}

/** Cargo puts one file after the other in place: so long after the last one they are told about together. */
const SETTLE_MS = 1_500;

/** Sees that somebody else replaced artifacts: another cargo, an editor's build, a copy put in place by hand. */
export class ReplacedFiles {
  readonly #events = new Emitter<{ replaced: [replaced: Replaced] }>();
  readonly #known = new Map<string, Known>();
  readonly #waiting = new Set<string>();
  #timer: NodeJS.Timeout | undefined;

  readonly on = this.#events.on;

  /**
   * A look at the disk showed these.
   * @param isOurs they may be the work of a build here, or of Hotdeck itself: then nobody else is looked for.
   */
  note(artifacts: ReadonlyMap<string, Artifact | null>, isOurs: boolean): void {
    for (const [name, artifact] of artifacts) {
      if (artifact?.stamp === undefined) continue;
      const { code = null } = artifact;
      const stamp = stampKey(artifact.stamp);
      const before = this.#known.get(name);
      if (before === undefined || isOurs || before.stamp === stamp) {
        this.#known.set(name, { stamp, code: code ?? (before?.stamp === stamp ? before.code : null) });
        continue;
      }
      // Not read yet: the next look tells.
      if (code === null) continue;
      this.#known.set(name, { stamp, code });
      if (before.code !== null && before.code !== code) this.#add(name);
    }
  }

  close(): void {
    clearTimeout(this.#timer);
  }

  #add(name: string): void {
    this.#waiting.add(name);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      const modules = [...this.#waiting].sort();
      this.#waiting.clear();
      this.#events.emit('replaced', { at: Date.now() - SETTLE_MS, modules });
    }, SETTLE_MS);
  }
}
