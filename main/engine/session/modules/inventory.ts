import type { ModuleGraph } from '#shared/contract.ts';
import type { LogEvent } from '../../families/logEvent.ts';
import type { Artifact } from '../../process/artifacts.ts';
import { CodeCache } from '../../process/codeCache.ts';
import type { Image, Mapped } from '../../process/images.ts';
import { KnownBuilds } from '../../process/knownBuilds.ts';
import type { Basis } from '../../process/logInferredImages.ts';
import { ModuleImages } from '../../process/moduleImages.ts';
import type { Blindness } from '../../process/readMaps.ts';
import { type CodedFile, compareCode } from '../../process/sameCode.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import { Emitter } from '../emitter.ts';
import { ArtifactCodes, type EarlierBuild } from './artifactCodes.ts';
import { LoadTimes } from './loadTimes.ts';
import { moduleFiles } from './moduleFiles.ts';
import { runningImages } from './runningImages.ts';
import { hasReloaded, isSameView, ServerImages, type Snapshot } from './serverImages.ts';
import { readUnreadCode } from './unreadCode.ts';

/** What an inventory knows of code beside the files and processes that it looks at. */
export interface CodeMemory {
  cache: CodeCache;
  builds: KnownBuilds;
}

/** Nothing, and nothing outlives it. */
function newCodeMemory(): CodeMemory {
  const cache = new CodeCache();
  return { cache, builds: new KnownBuilds(cache) };
}

/** What lies on the disk and what is mapped, module by module, and what follows from the two. */
export class Inventory {
  /** Modules that the last reload should have taken out and that stayed, and where: null, or a child process. */
  readonly stuck = new Map<string, number | null>();
  /** When the server loaded what it has mapped. */
  readonly loads = new LoadTimes();
  #workspace: Workspace;
  #graph: ModuleGraph;
  #artifacts: ReadonlyMap<string, Artifact | null> = new Map();
  #images: ReadonlyMap<string, Image> | null = null;
  /** How many older copies of each module are mapped beside the image that runs. */
  #older: ReadonlyMap<string, number> = new Map();
  /** Modules whose files Hotdeck gave a new inode: the server takes them for new, though their code is the same. */
  readonly renewed = new Set<string>();
  /** Modules whose files were written to while the server that has ended last had them mapped. */
  #written: Promise<string[]> = Promise.resolve([]);
  readonly #memory: CodeMemory;
  readonly #events = new Emitter<{ known: [] }>();
  readonly #codes: ArtifactCodes;
  readonly #moduleImages: ModuleImages;
  /** All that the server has had mapped since it started. */
  readonly #opened = new Set<string>();
  #snapshot: Snapshot | null = null;
  #pids: readonly number[] = [];
  #outdated: ReadonlySet<string> = new Set();
  readonly #server: ServerImages;
  /** False where the kernel names devices in maps otherwise than stat does (btrfs, overlay): inodes must do. */
  #devicesAgree = true;

  constructor(workspace: Workspace, graph: ModuleGraph, memory: CodeMemory = newCodeMemory()) {
    this.#workspace = workspace;
    this.#graph = graph;
    this.#memory = memory;
    this.#moduleImages = new ModuleImages(memory.cache, memory.builds, () => this.#events.emit('known'));
    this.#codes = new ArtifactCodes(memory.cache, memory.builds);
    this.#codes.on('known', () => this.#events.emit('known'));
    this.#codes.on('new-build', () => this.#moduleImages.reconsider());
    this.#moduleImages.redefine(moduleFiles(workspace));
    this.#server = new ServerImages(this.#workspace.files, this.#moduleImages);
  }

  /** `known`: the code of a file or image is known that was not; time for a look. */
  readonly on = this.#events.on;

  /** The workspace or its graph was read again. */
  redefine(workspace: Workspace, graph: ModuleGraph): void {
    this.#workspace = workspace;
    this.#graph = graph;
    this.#moduleImages.redefine(moduleFiles(workspace));
    this.#server.redefine(this.#workspace.files);
  }

  get workspace(): Workspace {
    return this.#workspace;
  }

  get graph(): ModuleGraph {
    return this.#graph;
  }

  get artifacts(): ReadonlyMap<string, Artifact | null> {
    return this.#artifacts;
  }

  /** One image a module: what it runs, or has not let go. Null while no server runs. */
  get images(): ReadonlyMap<string, Image> | null {
    return this.#images;
  }

  /** Whether the server has a module loaded, as far as that is seen. */
  readonly isLoaded = (name: string): boolean => this.#images?.has(name) === true;

  /** Every image of each module; null while no server runs. */
  get mapped(): Mapped | null {
    return this.#snapshot?.mapped ?? null;
  }

  /** All files that the process that serves has mapped. */
  get libraries(): readonly Image[] {
    return this.#snapshot?.libraries ?? [];
  }

  /** Why images and states are guesses; null where the maps were seen, or no server runs. */
  get blind(): Blindness | null {
    return this.#snapshot?.blind ?? null;
  }

  /** The process that serves; all that the last look showed, even if they have ended; and those that can't be seen. */
  get processes(): { server: number | null; seen: readonly number[]; hidden: readonly number[] } {
    const { server = null, hidden = [] } = this.#snapshot ?? {};
    return { server, seen: this.#pids, hidden };
  }

  /** Whether the log of the server that runs has named any module. */
  get logSpeaks(): boolean {
    return this.#server.logSpeaks;
  }

  /** Whether a module's file was another one than what was mapped, when last anything was. */
  wasOutdated(name: string): boolean {
    return this.#outdated.has(name);
  }

  #isReplaced(name: string): boolean {
    const image = this.#images?.get(name);
    const artifact = this.#artifacts.get(name) ?? null;
    return image !== undefined && (artifact === null || !this.same(image, artifact));
  }

  /** Absolute path of a module's library, or of the executable. */
  fileOf(name: string): string | null {
    return this.#workspace.files.get(name) ?? null;
  }

  /** Whether two files hold the same code; where that is not known, whether they are the same file. */
  readonly same = (a: CodedFile, b: CodedFile): boolean => compareCode(a, b) ?? this.sameFile(a, b);

  /** Whether two are the same file, whatever is in it. */
  readonly sameFile = (a: CodedFile, b: CodedFile): boolean =>
    a.inode === b.inode && (!this.#devicesAgree || a.device === b.device);

  /**
   * Looks at the disk, and at the server's processes if there is one.
   * @returns what was mapped before, if an image has gone since the last look at the same server.
   */
  async look(pid: number | null): Promise<Mapped | null> {
    const names = [...this.#workspace.files.keys()];
    let artifacts = await this.#codes.look(this.#workspace.files);
    const before = this.#snapshot;
    if (pid !== null) this.#server.begin(pid, artifacts);
    let now = pid === null ? null : this.#server.look();
    // What was opened meanwhile was written before that: maybe after the look at the disk.
    const isMoved = now !== null && before !== null && hasReloaded(before, now, this.#graph.order);
    if (isMoved) artifacts = await this.#codes.look(this.#workspace.files);
    this.#artifacts = artifacts;
    if (now !== null && (await this.#readUnread(now, artifacts))) now = this.#server.look();
    this.#codes.readAhead(this.#workspace.files, artifacts);
    this.#snapshot = now;
    if (now === null) {
      if (before !== null) this.#written = this.#moduleImages.writtenTo();
      this.#server.forget();
      this.#images = null;
      this.#opened.clear();
      this.renewed.clear();
      this.loads.forget();
      this.#devicesAgree = true;
      return null;
    }
    if (before === null) this.#written = Promise.resolve([]);
    this.#pids = [...now.programs.keys()];
    this.#compareDevices(now.mapped);
    const running = runningImages(now.mapped, artifacts, this.same);
    this.#images = new Map([...running].map(([name, { image }]) => [name, image]));
    this.#older = new Map([...running].map(([name, { older }]) => [name, older]));
    for (const [name, { image }] of running) {
      this.#opened.add(name);
      const artifact = artifacts.get(name) ?? null;
      if (artifact !== null && this.sameFile(image, artifact)) this.renewed.delete(name);
    }
    this.loads.note(this.#images, this.#artifacts, Date.now());
    // A process that has just ended has nothing mapped: that tells nothing of what it ran.
    if (this.#images.size > 0) this.#outdated = new Set(names.filter((name) => this.#isReplaced(name)));
    return before !== null && hasReloaded(before, now, this.#graph.order) ? before.mapped : null;
  }

  /**
   * Looks at the disk alone: for a reload that is watched, while files are replaced. Of modules that are mapped as copies
   * the code is read, as only that tells which file a copy was made of.
   */
  async lookAtDisk(): Promise<void> {
    const artifacts = await this.#codes.look(this.#workspace.files);
    const now = this.#server.glance();
    if (now !== null) await this.#readUnread(now, artifacts);
    this.#artifacts = artifacts;
  }

  #readUnread({ mapped }: Snapshot, artifacts: Map<string, Artifact | null>): Promise<boolean> {
    const { files } = this.#workspace;
    const { sameFile } = this;
    return readUnreadCode(mapped, artifacts, {
      ...{ files, sameFile, codes: this.#codes, images: this.#moduleImages },
    });
  }

  /** Resolves when all is known of the code of files and images that can be. */
  async settle(): Promise<void> {
    await this.#codes.settle();
    await this.#moduleImages.know([...(this.#snapshot?.mapped.values() ?? [])].flat());
    this.#moduleImages.reconsider();
  }

  /** Lets go of all files. */
  async close(): Promise<void> {
    this.#moduleImages.close();
    await this.#codes.close();
    await this.#memory.builds.close();
  }

  /** Hotdeck gave the files of these a new inode. */
  noteRenewed(names: readonly string[]): void {
    for (const name of names) this.renewed.add(name);
  }

  /** The build that the file on disk was before, where it is not the latest one that is known. */
  earlierBuild(name: string): EarlierBuild | null {
    return this.#codes.earlier(name, this.#artifacts.get(name)?.code);
  }

  /** When code of a module was built, ms since the epoch; null where it is of no build that is known. */
  builtAt(name: string, code: string): number | null {
    return this.#memory.builds.of(name).find((build) => build.id === code)?.builtAt ?? null;
  }

  /** How many older copies of a module are mapped beside the image that runs. */
  olderCopies(name: string): number {
    return this.#older.get(name) ?? 0;
  }

  /** All that the server has had mapped since it started. */
  get opened(): ReadonlySet<string> {
    return this.#opened;
  }

  /** Where the guess comes from what the image of a module is, while the maps can't be read. */
  basisOf(name: string): Basis | null {
    return this.#server.basisOf(name);
  }

  /** The same at the end of a server, looked at once more: it may have died of it at once. */
  async writtenTo(): Promise<string[]> {
    const [now, before] = await Promise.all([this.#moduleImages.writtenTo(), this.#written]);
    return [...new Set([...now, ...before])];
  }

  /** Modules whose file was written to while it was mapped. */
  get overwritten(): string[] {
    return [...(this.#snapshot?.mapped ?? [])]
      .filter(([, images]) => images.some(({ isOverwritten }) => isOverwritten === true))
      .map(([name]) => name);
  }

  /** Whether a look would show other images than the last one did. It costs far less: nothing is asked of the disk. */
  hasMoved(): boolean {
    const now = this.#server.look();
    return now === null || this.#snapshot === null
      ? now !== this.#snapshot
      : !isSameView(now, this.#snapshot);
  }

  /** What is mapped now, for looks that come every few ms; null when the process is gone. */
  glance(): Snapshot | null {
    return this.#server.glance();
  }

  noteLog(event: LogEvent): void {
    this.#server.noteLog(event);
  }

  /** A reload of which nothing is known: probably these are the files on disk now. */
  assumeReloaded(names: readonly string[]): void {
    this.#server.assumeReloaded(names);
  }

  /** The server has ended. */
  forget(): void {
    this.stuck.clear();
    this.#pids = [];
    this.#server.forget();
  }

  #compareDevices(images: Mapped): void {
    const program = this.#workspace.program.node;
    const artifact = this.#artifacts.get(program);
    const image = images.get(program)?.find((each) => each.inode === artifact?.inode);
    if (artifact && image) this.#devicesAgree = artifact.device === image.device;
  }
}
