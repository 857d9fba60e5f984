import type { Auto } from '#shared/contract.ts';
import { isDefinition } from '../../watch/sourceFiles.ts';
import type { EditLedger } from '../modules/editLedger.ts';
import type { Notices } from '../notices/notices.ts';
import type { Builds } from './builds.ts';
import { type BuildRequest, byEdit } from './buildTrigger.ts';
import type { LoopWatch } from './loopWatch.ts';

interface Parts {
  readonly builds: Pick<Builds, 'busy'>;
  readonly edits: Pick<EditLedger, 'save'>;
  readonly notices: Pick<Notices, 'clear'>;
  readonly store: { readonly state: { auto: Pick<Auto, 'buildOnSave'> } };
  /** Reads manifests and settings again. */
  reread(): Promise<void>;
}

/** Decides what a save sets off: an entry in the ledger of edits, another look at the manifests, a build. */
export class BuildOnSave {
  readonly #parts: Parts;
  readonly #loop: Pick<LoopWatch, 'edited'>;
  readonly #build: (request: BuildRequest) => Promise<void>;

  constructor(
    parts: Parts,
    loop: Pick<LoopWatch, 'edited'>,
    build: (request: BuildRequest) => Promise<void>,
  ) {
    this.#parts = parts;
    this.#loop = loop;
    this.#build = build;
  }

  /** Files of the workspace were saved. @param files relative to the workspace. */
  async saved(files: readonly string[]): Promise<void> {
    const { builds, edits, notices, store } = this.#parts;
    // cargo writes the lock file itself while it builds.
    const seen = builds.busy ? files.filter((file) => file !== 'Cargo.lock') : files;
    if (seen.length === 0) return;
    const { wanted, pending } = this.#loop.edited(seen);
    if (pending.length === 0) return;
    edits.save(pending);
    notices.clear('nothing-stale');
    if (pending.some(isDefinition)) await this.#parts.reread();
    if (wanted !== null && store.state.auto.buildOnSave) await this.#build(byEdit(wanted));
  }
}
