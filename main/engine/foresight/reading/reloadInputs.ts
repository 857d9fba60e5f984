import type { Finding } from '#shared/contract.ts';
import { readImages } from '../../process/images.ts';
import { foreseeInSteps, type Prospect } from '../foresee.ts';
import { perhapsHidden, withHidden } from '../hidden.ts';
import type { Steps } from '../steps.ts';
import { BinaryCache } from './binaryCache.ts';
import { HeldImages } from './heldImages.ts';
import { HiddenSymbols } from './hiddenSymbols.ts';
import { reloadProspect } from './reloadProspect.ts';
import type { Scene } from './scene.ts';
import { startProspect } from './startProspect.ts';
import { pathsOf } from './workspaceFiles.ts';

/** Work goes on for so long before others have a turn, in ms. */
const SPELL_MS = 4;

/** What a reload would run into, and which other libraries would go along with its modules. */
export interface Foreseen {
  findings: Finding[];
  along: string[];
}

/** Says what a reload (or a start, where no server runs) would run into. Holds the files of one server open. */
export class ReloadInputs {
  readonly #cache = new BinaryCache();
  readonly #hidden = new HiddenSymbols();
  readonly #held = new HeldImages(this.#cache);

  /** @param pid the server that is to reload; null for one that is to start. */
  async foresee(scene: Scene, pid: number | null): Promise<Foreseen> {
    const prospect = await this.#prospect(scene, pid);
    const along = prospect.along.map(({ module }) => module);
    return { along, findings: await this.#explained(scene, await inSpells(foreseeInSteps(prospect))) };
  }

  /** The findings alone. */
  async findings(scene: Scene, pid: number | null): Promise<Finding[]> {
    return (await this.foresee(scene, pid)).findings;
  }

  async #explained(scene: Scene, findings: Finding[]): Promise<Finding[]> {
    const names = perhapsHidden(findings);
    if (names.length === 0) return findings;
    const files = pathsOf(scene.workspace, scene.graph).map(({ node, path }) => ({
      label: node.label,
      path,
    }));
    return withHidden(findings, await this.#hidden.holders(names, files));
  }

  /** Reads files ahead of time. */
  async warm(paths: readonly string[]): Promise<void> {
    await Promise.all(paths.map((path) => this.#cache.readPath(path)));
  }

  /** Lets go of all files. */
  close(): Promise<void> {
    return this.#held.close();
  }

  async #prospect(scene: Scene, pid: number | null): Promise<Prospect> {
    const mapped = pid === null ? null : readImages(pid);
    if (pid === null || mapped === null) {
      // Where a server can't be seen, there is only the disk to judge by.
      await this.#held.close();
      return startProspect(scene, this.#cache);
    }
    const images = [...mapped.values()].flat();
    await this.#held.hold(pid, images);
    return reloadProspect(scene, this.#cache, this.#held, images);
  }
}

async function inSpells<T>(steps: Steps<T>): Promise<T> {
  for (let began = performance.now(); ; ) {
    const step = steps.next();
    if (step.done === true) return step.value;
    if (performance.now() - began < SPELL_MS) continue;
    await new Promise((resolve) => setImmediate(resolve));
    began = performance.now();
  }
}
