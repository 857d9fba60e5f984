import type { Mapped } from '../process/images.ts';
import type { ServerControl } from '../process/serverControl.ts';
import type { Builds } from './builds/builds.ts';
import { Emitter } from './emitter.ts';
import type { Inventory } from './modules/inventory.ts';
import type { ReplacedFiles } from './modules/replacedFiles.ts';
import type { Foresight } from './reload/foresight.ts';
import type { Reloads } from './reload/reloads.ts';

interface Looked {
  readonly inventory: Pick<Inventory, 'look' | 'lookAtDisk' | 'artifacts'>;
  readonly foresight: Pick<Foresight, 'beginLook'>;
  readonly reloads: Pick<Reloads, 'running'>;
  readonly server: Pick<ServerControl, 'pid'>;
  readonly builds: Pick<Builds, 'busy'>;
  readonly replacedFiles: Pick<ReplacedFiles, 'note'>;
}

/** Looks at the disk and the server's processes. Calls that come together share a look. */
export class Looks {
  readonly #parts: Looked;
  readonly #events = new Emitter<{ looked: [before: Mapped | null] }>();
  #looking: Promise<void> | null = null;
  #isWanted = false;
  /** Artifacts may have been written here since the last look. */
  #isOurs = true;

  constructor(parts: Looked) {
    this.#parts = parts;
  }

  /** `looked`, after each look: what was mapped before, if images have gone since; null where none have. */
  readonly on = this.#events.on;

  /** Hotdeck itself is about to write artifacts. */
  noteOwnFiles(): void {
    this.#isOurs = true;
  }

  /** Looks again. Resolves when a look that began after the call is over. */
  refresh(): Promise<void> {
    this.#isWanted = true;
    this.#looking ??= this.#run();
    return this.#looking;
  }

  /** Resolves when no look is under way. */
  async close(): Promise<void> {
    await this.#looking;
  }

  async #run(): Promise<void> {
    // Never settles synchronously.
    await Promise.resolve();
    while (this.#isWanted) {
      this.#isWanted = false;
      this.#events.emit('looked', await this.#look());
    }
    this.#looking = null;
  }

  async #look(): Promise<Mapped | null> {
    const { inventory, foresight, reloads, server, builds, replacedFiles } = this.#parts;
    const seen = foresight.beginLook();
    // A running reload reads the maps itself, faster, and needs what was mapped before it.
    let before: Mapped | null = null;
    if (reloads.running) await inventory.lookAtDisk();
    else before = await inventory.look(server.pid);
    if (!reloads.running) seen();
    replacedFiles.note(inventory.artifacts, this.#isOurs || builds.busy);
    this.#isOurs = builds.busy;
    return before;
  }
}
