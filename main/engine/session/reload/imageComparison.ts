import type { Plan } from '#shared/contract.ts';
import type { Artifact } from '../../process/artifacts.ts';
import type { Image, Mapped } from '../../process/images.ts';
import { withoutOlderCopies } from '../../process/runningImage.ts';
import { type CodedFile, sameImage } from '../../process/sameCode.ts';

export interface Compared {
  plan: Pick<Plan, 'unchanged'>;
  /** What each module had mapped and on disk when the reload began. */
  before: Mapped;
  artifacts: ReadonlyMap<string, Artifact | null>;
  /** What is on disk by now: a server that reloads by itself does so in the midst of a build. */
  artifactsNow?(): ReadonlyMap<string, Artifact | null>;
  /** Whether two files hold the same code, and whether they are the same file. */
  same(a: CodedFile, b: CodedFile): boolean;
  sameFile(a: CodedFile, b: CodedFile): boolean;
  /** Modules whose files were written again with the code that they had. */
  renewed?: ReadonlySet<string>;
}

/** Compares what is mapped with what was mapped before a reload and what lies on disk. */
export class ImageComparison {
  readonly #compared: Compared;

  constructor(compared: Compared) {
    this.#compared = compared;
  }

  /** Whether a module has the file on disk mapped, and nothing older. */
  isSwapped(module: string, images: Mapped): boolean {
    const mapped = withoutOlderCopies(images.get(module) ?? []);
    if (mapped.length === 0 || !mapped.every((image) => this.#isNew(module, image))) return false;
    return this.#compared.renewed?.has(module) !== true || mapped.some((image) => this.cameIn(module, image));
  }

  /** Whether it was not mapped, or not all of it was the file on disk, when the reload began. */
  wasStale(module: string): boolean {
    const { before } = this.#compared;
    return (
      !before.has(module) ||
      !withoutOlderCopies(before.get(module) ?? []).every((image) => this.#isNew(module, image))
    );
  }

  /** Whether an image was not mapped before. */
  cameIn(module: string, image: Image): boolean {
    return this.#compared.before.get(module)?.some((each) => sameImage(image, each)) !== true;
  }

  /** Whether an image that a module had is gone: none is mapped, or it lies at another address. */
  hasGone(module: string, images: Mapped): boolean {
    const old = this.#compared.before.get(module);
    if (old === undefined) return false;
    const isThere = images.get(module)?.some((image) => old.some((each) => sameImage(image, each)));
    return isThere !== true || this.#isElsewhere(module, images);
  }

  /** What of a module is mapped that was before, and is not the file on disk. */
  oldImages(module: string, images: Mapped): Image[] {
    const mapped = images.get(module) ?? [];
    return mapped.filter((image) => !this.#isNew(module, image) && !this.cameIn(module, image));
  }

  /** A module that is to come back unchanged lies at other addresses than before: it went and came between two looks. */
  #isElsewhere(module: string, images: Mapped): boolean {
    const { plan, before } = this.#compared;
    if (!plan.unchanged.includes(module)) return false;
    const places = (mapped: Mapped): string[] =>
      (mapped.get(module) ?? []).flatMap(({ pid, address }) =>
        address === null ? [] : [`${pid} ${address}`],
      );
    const [then, now] = [places(before), places(images)];
    return then.length > 0 && now.length > 0 && !now.some((place) => then.includes(place));
  }

  /** A copy is another file than the artifact, always; what else is mapped has to be the file on disk. */
  #isNew(module: string, image: Image): boolean {
    const { artifacts, artifactsNow = () => artifacts, same, sameFile } = this.#compared;
    return [artifacts, artifactsNow()].some((onDisk) => {
      const artifact = onDisk.get(module) ?? null;
      if (artifact === null || !same(image, artifact)) return false;
      return image.copy !== undefined || sameFile(image, artifact);
    });
  }
}
