import type { LogEvent } from '../../families/logEvent.ts';
import type { Artifact } from '../../process/artifacts.ts';
import type { Image, Mapped } from '../../process/images.ts';
import { type Basis, LogInferredImages } from '../../process/logInferredImages.ts';
import type { ModuleImages } from '../../process/moduleImages.ts';
import { type ProcessMaps, ProcMapsReader } from '../../process/procMapsReader.ts';
import type { Blindness } from '../../process/readMaps.ts';
import { sameImage } from '../../process/sameCode.ts';

/** What a look at the server showed. */
export interface Snapshot {
  mapped: Mapped;
  /** All files that the process that serves has mapped; none where that was not seen. */
  libraries: readonly Image[];
  /** The processes that were looked at, and which run of which program each was. */
  programs: ReadonlyMap<number, string>;
  /** The process that serves: the one that was started, or one below it. */
  server: number;
  /** Descendants that can't be looked at. */
  hidden: readonly number[];
  /** Why all of this is guessed; null where it was seen. */
  blind: Blindness | null;
}

/** What a server runs, module by module: what its memory maps show or, where they can't be read, what its log tells. */
export class ServerImages {
  #files: ReadonlyMap<string, string>;
  readonly #images: ModuleImages;
  #pid: number | null = null;
  #maps: ProcMapsReader | null = null;
  readonly #log = new LogInferredImages();

  /** @param files absolute paths by node name. */
  constructor(files: ReadonlyMap<string, string>, images: ModuleImages) {
    this.#files = files;
    this.#images = images;
    this.#log.redefine(files);
  }

  redefine(files: ReadonlyMap<string, string>): void {
    this.#files = files;
    this.#log.redefine(files);
  }

  /** Whether this run's log has named any module. */
  get logSpeaks(): boolean {
    return this.#log.heard;
  }

  /** A server that wasn't there before, with the files that were. Does nothing for one that is known. */
  begin(pid: number, artifacts: ReadonlyMap<string, Artifact | null>): void {
    if (this.#pid === pid) return;
    this.#pid = pid;
    this.#maps = new ProcMapsReader(pid, (image) => this.#images.isModule(image));
    this.#log.begin(pid, this.#files, artifacts);
  }

  /** The server has ended. */
  forget(): void {
    this.#pid = null;
    this.#maps = null;
    this.#images.forget();
    this.#log.forget();
  }

  noteLog(event: LogEvent): void {
    this.#log.note(event);
  }

  assumeReloaded(names: readonly string[]): void {
    this.#log.assumeReloaded(names);
  }

  basisOf(name: string): Basis | null {
    return this.#log.basisOf(name);
  }

  /** The whole family of the server; null when it is gone. */
  look(): Snapshot | null {
    return this.#maps === null ? null : this.#snapshot(this.#maps.look());
  }

  /** The same for looks that come every few ms. */
  glance(): Snapshot | null {
    return this.#maps === null ? null : this.#snapshot(this.#maps.glance());
  }

  #snapshot(sight: ProcessMaps): Snapshot | null {
    if (sight.kind === 'gone' || this.#pid === null) return null;
    if (sight.kind === 'blind') {
      const programs = new Map([[this.#pid, 'guessed']]);
      return {
        mapped: this.#log.look(),
        libraries: [],
        programs,
        server: this.#pid,
        hidden: [],
        blind: sight.why,
      };
    }
    const { processes, server, hidden } = sight;
    const mapped = this.#images.among(processes);
    const programs = new Map(processes.map(({ pid, program }) => [pid, program]));
    const libraries = processes.find(({ pid }) => pid === server)?.images ?? [];
    return { mapped, libraries, programs, server, hidden, blind: null };
  }
}

/**
 * Whether a process has let go of an image of one of these modules, or opened another copy of a module that it had. A process
 * that has ended, or become another program (as a child does soon after its fork), let go of nothing: it took its images
 * with it. Pure.
 */
export function hasReloaded(before: Snapshot, now: Snapshot, modules: readonly string[]): boolean {
  return modules.some((name) => {
    const [then, since] = [before.mapped.get(name) ?? [], now.mapped.get(name) ?? []];
    const isIn = (images: readonly Image[], image: Image): boolean =>
      images.some((each) => each.pid === image.pid && sameImage(each, image));
    return then.some((image) => {
      const program = now.programs.get(image.pid);
      if (program === undefined || program !== before.programs.get(image.pid)) return false;
      const isAnotherCopy = (each: Image): boolean =>
        each.copy !== undefined && each.pid === image.pid && !isIn(then, each);
      return !isIn(since, image) || since.some(isAnotherCopy);
    });
  });
}

/** Whether two looks showed the same. Pure. */
export const isSameView = (a: Snapshot, b: Snapshot): boolean =>
  a.blind?.code === b.blind?.code && fingerprint(a.mapped) === fingerprint(b.mapped);

/** What is mapped, as a text to compare. Pure. */
export const fingerprint = (mapped: Mapped): string =>
  [...mapped].map(([name, images]) => `${name}=${images.map(printOf).join()}`).join(' ');

const printOf = ({ inode, pid, code, witness, isOverwritten }: Image): string =>
  `${inode}@${pid} ${code ?? ''} ${witness ?? ''}${isOverwritten === true ? '!' : ''}`;
