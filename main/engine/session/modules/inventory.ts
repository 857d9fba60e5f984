import type { ModuleGraph, ModuleStatus, Moves, Rule, Why } from '#shared/contract.ts';
import type { LogEvent } from '../../families/logEvent.ts';
import { staleAfter } from '../../graph/impact.ts';
import { planReload } from '../../graph/plan.ts';
import type { Artifact } from '../../process/artifacts.ts';
import { CodeCache } from '../../process/codeCache.ts';
import { compareOwn } from '../../process/codeIdentity.ts';
import type { Image, Mapped } from '../../process/images.ts';
import { KnownBuilds } from '../../process/knownBuilds.ts';
import { ModuleImages } from '../../process/moduleImages.ts';
import type { Blindness } from '../../process/readMaps.ts';
import { runningImage } from '../../process/runningImage.ts';
import { type CodedFile, compareCode } from '../../process/sameCode.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import { ArtifactCodes, type EarlierBuild } from './artifactCodes.ts';
import { comingWith } from './coming.ts';
import { LoadTimes } from './loadTimes.ts';
import { moduleFiles } from './moduleFiles.ts';
import { type Evidence, moduleStatuses, type OwnCode, staleNodes } from './moduleStatus.ts';
import { takesForNew } from './newness.ts';
import { hasReloaded, isSameView, Sight, type Snapshot } from './sight.ts';

const NONE: ReadonlySet<string> = new Set();

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
  readonly building = new Set<string>();
  readonly failed = new Set<string>();
  readonly edits = new Map<string, string>();
  /** Modules that the last reload should have taken out and that stayed, and where: null, or a child process. */
  readonly stuck = new Map<string, number | null>();
  /** When the server loaded what it has mapped. */
  readonly loads = new LoadTimes();
  /** Why the file of a node is another one than what runs, if it is; otherwise why it was last built. */
  whyOf: (name: string, isStale: boolean) => Why | null = () => null;
  #workspace: Workspace;
  #graph: ModuleGraph;
  #files: ReadonlyMap<string, string>;
  #artifacts: ReadonlyMap<string, Artifact | null> = new Map();
  #images: Map<string, Image> | null = null;
  /** How many older copies of each module are mapped beside the image that runs. */
  #older = new Map<string, number>();
  /** Modules whose files Hotdeck gave a new inode: the server takes them for new, though their code is the same. */
  readonly renewed = new Set<string>();
  /** Modules whose files were written to while the server that has ended last had them mapped. */
  #written: Promise<string[]> = Promise.resolve([]);
  readonly #memory: CodeMemory;
  readonly #codes: ArtifactCodes;
  readonly #moduleImages: ModuleImages;
  /** All that the server has had mapped since it started. */
  readonly #opened = new Set<string>();
  /** What `#coming` found, and in which look at the files. */
  #found: ReadonlyMap<string, readonly string[]> = new Map();
  #comingOf: ReadonlyMap<string, Artifact | null> | null = null;
  #snapshot: Snapshot | null = null;
  #pids: readonly number[] = [];
  #outdated: ReadonlySet<string> = new Set();
  readonly #sight: Sight;
  /** False where the kernel names devices in maps otherwise than stat does (btrfs, overlay): inodes must do. */
  #devicesAgree = true;

  /** @param onKnown the code of a file or image is known that was not: time for a look. */
  constructor(
    workspace: Workspace,
    graph: ModuleGraph,
    memory: CodeMemory = newCodeMemory(),
    onKnown: () => void = () => {},
  ) {
    this.#workspace = workspace;
    this.#graph = graph;
    this.#files = workspace.files;
    this.#memory = memory;
    this.#moduleImages = new ModuleImages(memory.cache, memory.builds, onKnown);
    this.#codes = new ArtifactCodes(memory.cache, memory.builds, {
      onKnown,
      onNewBuild: () => this.#moduleImages.reconsider(),
    });
    this.#moduleImages.redefine(moduleFiles(workspace));
    this.#sight = new Sight(this.#files, this.#moduleImages);
  }

  /** The workspace or its graph was read anew. */
  redefine(workspace: Workspace, graph: ModuleGraph): void {
    this.#workspace = workspace;
    this.#graph = graph;
    this.#files = workspace.files;
    this.#moduleImages.redefine(moduleFiles(workspace));
    this.#sight.redefine(this.#files);
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
    return this.#sight.logSpeaks;
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
    return this.#files.get(name) ?? null;
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
    const names = [...this.#files.keys()];
    let artifacts = await this.#codes.look(this.#files);
    const before = this.#snapshot;
    if (pid !== null) this.#sight.begin(pid, artifacts);
    let now = pid === null ? null : this.#sight.look();
    // What was opened meanwhile was written before that: maybe after the look at the disk.
    const isMoved = now !== null && before !== null && hasReloaded(before, now, this.#graph.order);
    if (isMoved) artifacts = await this.#codes.look(this.#files);
    this.#artifacts = artifacts;
    if (now !== null && (await this.#decide(now, artifacts))) now = this.#sight.look();
    this.#codes.readAhead(this.#files, artifacts);
    this.#snapshot = now;
    if (now === null) {
      if (before !== null) this.#written = this.#moduleImages.writtenTo();
      this.#sight.forget();
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
    this.#images = new Map();
    this.#older.clear();
    for (const [name, [first, ...others]] of now.mapped) {
      if (first === undefined) continue;
      const artifact = artifacts.get(name) ?? null;
      const isCurrent = (image: Image): boolean => artifact !== null && this.same(image, artifact);
      const { image, older } = runningImage([first, ...others], isCurrent);
      this.#images.set(name, image);
      this.#opened.add(name);
      this.#older.set(name, older.length);
      if (artifact !== null && this.sameFile(image, artifact)) this.renewed.delete(name);
    }
    this.loads.note(this.#images, this.#artifacts, Date.now());
    // A process that has just ended has nothing mapped: that tells nothing of what it ran.
    if (this.#images.size > 0) this.#outdated = new Set(names.filter((name) => this.#isReplaced(name)));
    return before !== null && hasReloaded(before, now, this.#graph.order) ? before.mapped : null;
  }

  /**
   * Reads the code of what only that can tell: files that replaced the one that is mapped, and look like it.
   * @returns whether there was any.
   */
  async #decide({ mapped }: Snapshot, artifacts: Map<string, Artifact | null>): Promise<boolean> {
    const open = [...mapped].flatMap(([name, images]) => {
      const artifact = artifacts.get(name) ?? null;
      const path = this.#files.get(name);
      if (artifact === null || path === undefined) return [];
      const unknown = images.filter(
        (image) =>
          compareCode(image, artifact) === null &&
          !(image.code == null && artifact.code == null && this.sameFile(image, artifact)),
      );
      return unknown.length === 0 ? [] : [{ name, path, artifact, unknown }];
    });
    await Promise.all(
      open.map(async ({ name, path, artifact, unknown }) => {
        const [read] = await Promise.all([
          this.#codes.read(name, path, artifact),
          this.#moduleImages.know(unknown),
        ]);
        artifacts.set(name, read);
      }),
    );
    return open.length > 0;
  }

  /**
   * Looks at the disk alone: for a reload that is watched, while files are replaced. Of modules that are mapped as copies
   * the code is read, as only that tells which file a copy was made of.
   */
  async lookAtDisk(): Promise<void> {
    const artifacts = await this.#codes.look(this.#files);
    const now = this.#sight.glance();
    if (now !== null) await this.#decide(now, artifacts);
    this.#artifacts = artifacts;
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
    const now = this.#sight.look();
    return now === null || this.#snapshot === null
      ? now !== this.#snapshot
      : !isSameView(now, this.#snapshot);
  }

  /** What is mapped now, for looks that come every few ms; null when the process is gone. */
  glance(): Snapshot | null {
    return this.#sight.glance();
  }

  noteLog(event: LogEvent): void {
    this.#sight.noteLog(event);
  }

  /** A reload of which nothing is known: probably these are the files on disk now. */
  assumeReloaded(names: readonly string[]): void {
    this.#sight.assumeReloaded(names);
  }

  /** A build begins that takes in edits of these: it makes them, what depends on them, and what was never built. */
  beginBuild(edited: ReadonlySet<string>): void {
    const { nodes } = this.#graph;
    const unbuilt = nodes.filter((node) => node.role !== 'external' && !this.#artifacts.get(node.name));
    this.endBuild([]);
    for (const name of staleAfter(edited, nodes)) this.building.add(name);
    for (const { name } of unbuilt) this.building.add(name);
  }

  /** It has ended, with errors in these. */
  endBuild(broken: readonly string[]): void {
    this.building.clear();
    this.failed.clear();
    for (const name of broken) this.failed.add(name);
  }

  /** The server has ended. */
  forget(): void {
    this.stuck.clear();
    this.#pids = [];
    this.#sight.forget();
  }

  statuses(moving: {
    unloading: ReadonlySet<string>;
    loading: ReadonlySet<string>;
  }): Record<string, ModuleStatus> {
    return moduleStatuses({ ...this.#evidence(), ...moving });
  }

  /** What a reload would do now. */
  moves(): Moves {
    const stale = staleNodes(this.#evidence());
    const changed = new Map([...this.edits].map(([name, file]) => [name, `edited (${file})`]));
    const told = new Map(
      [...stale].flatMap((name) => {
        const why = this.whyOf(name, true);
        return why === null ? [] : [[name, why.text] as const];
      }),
    );
    const { rule, newness } = this.#workspace;
    const opened = this.#openedFor(rule);
    const taken = this.#taken(stale);
    return planReload({
      ...{ graph: this.#graph, rule, stale, taken, newness, changed, told },
      ...(opened === null ? {} : { opened }),
      coming: this.#coming(taken),
    });
  }

  /** The modules that the server will take for new: of those where that is not known, the ones that are. */
  #taken(stale: ReadonlySet<string>): ReadonlySet<string> {
    if (this.blind !== null || this.#images === null) return new Set([...stale, ...this.renewed]);
    const { newness } = this.#workspace;
    const isTaken = (name: string): boolean => {
      const isStale = stale.has(name);
      const artifact = this.#artifacts.get(name) ?? null;
      if (artifact === null || this.#images?.has(name) !== true || this.stuck.has(name)) return isStale;
      const taking = takesForNew({ newness, artifact, loading: this.loads.of(name), isStale });
      return taking === 'unknown' ? isStale || this.renewed.has(name) : taking === 'yes';
    };
    return new Set(this.#graph.order.filter(isTaken));
  }

  /** What the server has open, or had: null where that is not known. */
  #openedFor(rule: Rule): ReadonlySet<string> | null {
    if (rule === 'all') return new Set(this.#images?.keys());
    return this.#images === null || this.#images.size === 0 || this.blind !== null ? null : this.#opened;
  }

  /** What modules are linked to by now that the server does not have. Read only where there is any such library. */
  #coming(taken: ReadonlySet<string>): ReadonlyMap<string, readonly string[]> {
    const images = this.#images;
    if (images === null || images.size === 0 || this.blind !== null || taken.size === 0) return new Map();
    const missing = this.#graph.nodes.filter(
      ({ name, role }) =>
        role === 'module' && !images.has(name) && (this.#artifacts.get(name) ?? null) !== null,
    );
    if (missing.length === 0) return new Map();
    // Once a look: plans are made far more often.
    if (this.#comingOf !== this.#artifacts) {
      this.#comingOf = this.#artifacts;
      this.#found = comingWith(missing, this.#graph.nodes, this.#files);
    }
    return this.#found;
  }

  #evidence(): Evidence {
    const program = this.#workspace.packages.needs.get(this.#workspace.program.node);
    return {
      root: this.#workspace.root,
      nodes: this.#graph.nodes,
      files: this.#files,
      artifacts: this.#artifacts,
      images: this.#images,
      same: this.same,
      olderOf: (name) => this.#older.get(name) ?? 0,
      earlierOf: (name) => this.earlierBuild(name),
      builtAtOf: (name, code) =>
        this.#memory.builds.of(name).find((build) => build.id === code)?.builtAt ?? null,
      ownCode: this.#ownCode(),
      building: this.building,
      failed: this.failed,
      edits: this.edits,
      stuck: this.stuck,
      whyOf: this.whyOf,
      basisOf: this.blind === null ? () => null : (name) => this.#sight.basisOf(name),
      unloading: NONE,
      loading: NONE,
      relinksWithModules: program?.libraries.some((name) => this.#graph.order.includes(name)) ?? false,
    };
  }

  /** Whether the program on disk has the own code of the one that runs. */
  #ownCode(): OwnCode {
    const program = this.#workspace.program.node;
    const [a, b] = [this.#artifacts.get(program)?.own, this.#images?.get(program)?.own];
    return a == null || b == null ? 'unknown' : compareOwn(a, b);
  }

  #compareDevices(images: Mapped): void {
    const program = this.#workspace.program.node;
    const artifact = this.#artifacts.get(program);
    const image = images.get(program)?.find((each) => each.inode === artifact?.inode);
    if (artifact && image) this.#devicesAgree = artifact.device === image.device;
  }
}
