import type { FileIdentity, ModuleGraph, ModuleStatus, Moves, Why } from '../../../preload/contract.ts';
import { staleAfter } from '../graph/impact.ts';
import { planReload } from '../graph/plan.ts';
import type { LogEvent } from '../logs/events/logEvent.ts';
import { type Artifact, readArtifact } from '../process/artifacts.ts';
import type { Image, Mapped } from '../process/images.ts';
import type { Blindness } from '../process/readMaps.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { type Evidence, moduleStatuses, staleNodes } from './moduleStatus.ts';
import { hasLetGo, isSameView, Sight, type Snapshot } from './sight.ts';

const NONE: ReadonlySet<string> = new Set();

/** What lies on the disk and what is mapped, module by module, and what follows from the two. */
export class Inventory {
  readonly building = new Set<string>();
  readonly failed = new Set<string>();
  readonly edits = new Map<string, string>();
  /** Modules that the last reload should have taken out and that stayed, and where: null, or a child process. */
  readonly stuck = new Map<string, number | null>();
  /** Why the file of a node is another one than what runs, if it is; otherwise why it was last built. */
  whyOf: (name: string, isStale: boolean) => Why | null = () => null;
  #workspace: Workspace;
  #graph: ModuleGraph;
  #files: ReadonlyMap<string, string>;
  #artifacts = new Map<string, Artifact | null>();
  #images: Map<string, Image> | null = null;
  #snapshot: Snapshot | null = null;
  #pids: readonly number[] = [];
  #outdated: ReadonlySet<string> = new Set();
  readonly #sight: Sight;
  /** False where the kernel names devices in maps otherwise than stat does (btrfs, overlay): inodes must do. */
  #devicesAgree = true;

  constructor(workspace: Workspace, graph: ModuleGraph) {
    this.#workspace = workspace;
    this.#graph = graph;
    this.#files = workspace.files;
    this.#sight = new Sight(this.#files, workspace.program.node);
  }

  /** The workspace or its graph was read anew. */
  redefine(workspace: Workspace, graph: ModuleGraph): void {
    this.#workspace = workspace;
    this.#graph = graph;
    this.#files = workspace.files;
    this.#sight.redefine(this.#files, workspace.program.node);
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

  /** Every image of each module; null while no server runs. */
  get mapped(): Mapped | null {
    return this.#snapshot?.mapped ?? null;
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

  readonly same = (a: FileIdentity, b: FileIdentity): boolean =>
    a.inode === b.inode && (!this.#devicesAgree || a.device === b.device);

  /**
   * Looks at the disk, and at the server's processes if there is one.
   * @returns what was mapped before, if an image has gone since the last look at the same server.
   */
  async look(pid: number | null): Promise<Mapped | null> {
    const names = [...this.#files.keys()];
    const artifacts = await Promise.all([...this.#files.values()].map(readArtifact));
    this.#artifacts = new Map(names.map((name, index) => [name, artifacts[index] ?? null]));
    const before = this.#snapshot;
    if (pid !== null) this.#sight.begin(pid, this.#artifacts);
    const now = pid === null ? null : this.#sight.look();
    this.#snapshot = now;
    if (now === null) {
      this.#sight.forget();
      this.#images = null;
      this.#devicesAgree = true;
      return null;
    }
    this.#pids = [...now.programs.keys()];
    this.#compareDevices(now.mapped);
    this.#images = new Map();
    for (const [name, mapped] of now.mapped) {
      const artifact = this.#artifacts.get(name) ?? null;
      // Where an old image and a new one are both mapped, the old one is the news.
      const old = mapped.find((image) => artifact === null || !this.same(image, artifact));
      const shown = old ?? mapped[0];
      if (shown !== undefined) this.#images.set(name, shown);
    }
    // A process that has just ended has nothing mapped: that tells nothing of what it ran.
    if (this.#images.size > 0) this.#outdated = new Set(names.filter((name) => this.#isReplaced(name)));
    return before !== null && hasLetGo(before, now, this.#graph.order) ? before.mapped : null;
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
    return planReload({ graph: this.#graph, rule: this.#workspace.rule, stale, changed, told });
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

  #compareDevices(images: Mapped): void {
    const program = this.#workspace.program.node;
    const artifact = this.#artifacts.get(program);
    const image = images.get(program)?.find((each) => each.inode === artifact?.inode);
    if (artifact && image) this.#devicesAgree = artifact.device === image.device;
  }
}
