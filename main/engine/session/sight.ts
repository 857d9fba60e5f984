import { basename } from 'node:path';
import type { LogEvent } from '../logs/events/logEvent.ts';
import type { Artifact } from '../process/artifacts.ts';
import { byFileName, type Mapped } from '../process/images.ts';
import { type Basis, LogEyes } from '../process/logEyes.ts';
import { MapsEyes, type Sight as MapsSight } from '../process/mapsEyes.ts';
import type { Blindness } from '../process/readMaps.ts';

/** What a look at the server showed. */
export interface Snapshot {
  mapped: Mapped;
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
export class Sight {
  #files: ReadonlyMap<string, string>;
  #libraries: ReadonlySet<string>;
  #pid: number | null = null;
  #maps: MapsEyes | null = null;
  readonly #log = new LogEyes();

  /** @param files absolute paths by node name; `program` is the one that is no library. */
  constructor(files: ReadonlyMap<string, string>, program: string) {
    this.#files = files;
    this.#libraries = librariesOf(files, program);
    this.#log.redefine(files);
  }

  redefine(files: ReadonlyMap<string, string>, program: string): void {
    this.#files = files;
    this.#libraries = librariesOf(files, program);
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
    this.#maps = new MapsEyes(pid, (fileName) => this.#libraries.has(fileName));
    this.#log.begin(pid, this.#files, artifacts);
  }

  /** The server has ended. */
  forget(): void {
    this.#pid = null;
    this.#maps = null;
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

  #snapshot(sight: MapsSight): Snapshot | null {
    if (sight.kind === 'gone' || this.#pid === null) return null;
    if (sight.kind === 'blind') {
      const programs = new Map([[this.#pid, 'guessed']]);
      return { mapped: this.#log.look(), programs, server: this.#pid, hidden: [], blind: sight.why };
    }
    const { processes, server, hidden } = sight;
    const byFile = byFileName(processes.flatMap(({ images }) => images));
    const mapped = new Map(
      [...this.#files].flatMap(([name, file]) => {
        const images = byFile.get(basename(file));
        return images === undefined ? [] : [[name, images] as const];
      }),
    );
    const programs = new Map(processes.map(({ pid, program }) => [pid, program]));
    return { mapped, programs, server, hidden, blind: null };
  }
}

/**
 * Whether a process has let go of an image of one of these modules. One that has ended, or become another program (as
 * a child does soon after its fork), let go of nothing: it took its images with it. Pure.
 */
export function hasLetGo(before: Snapshot, now: Snapshot, modules: readonly string[]): boolean {
  return modules.some((name) =>
    before.mapped.get(name)?.some((image) => {
      const program = now.programs.get(image.pid);
      if (program === undefined || program !== before.programs.get(image.pid)) return false;
      return !now.mapped
        .get(name)
        ?.some(
          ({ pid, inode, device }) => pid === image.pid && inode === image.inode && device === image.device,
        );
    }),
  );
}

/** Whether two looks showed the same. Pure. */
export const isSameView = (a: Snapshot, b: Snapshot): boolean =>
  a.blind?.code === b.blind?.code && fingerprint(a.mapped) === fingerprint(b.mapped);

/** What is mapped, as a text to compare. Pure. */
export const fingerprint = (mapped: Mapped): string =>
  [...mapped]
    .map(([name, images]) => `${name}=${images.map(({ inode, pid }) => `${inode}@${pid}`).join()}`)
    .join(' ');

const librariesOf = (files: ReadonlyMap<string, string>, program: string): ReadonlySet<string> =>
  new Set([...files].filter(([name]) => name !== program).map(([, file]) => basename(file)));
