import { basename, join } from 'node:path';
import type { FileIdentity, ModuleGraph, ModuleStatus, Moves } from '../../../preload/contract.ts';
import { planReload } from '../graph/plan.ts';
import { type Artifact, readArtifact } from '../process/artifacts.ts';
import { type Image, readImages } from '../process/images.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { type Evidence, moduleStatuses, staleNodes } from './moduleStatus.ts';

const NONE: ReadonlySet<string> = new Set();

/** What lies on the disk and what is mapped, module by module, and what follows from the two. */
export class Inventory {
  readonly building = new Set<string>();
  readonly failed = new Set<string>();
  readonly edits = new Map<string, string>();
  readonly stuck = new Set<string>();
  #workspace: Workspace;
  #graph: ModuleGraph;
  #files: Map<string, string>;
  #artifacts = new Map<string, Artifact | null>();
  #images: Map<string, Image> | null = null;
  /** False where the kernel names devices in maps otherwise than stat does (btrfs, overlay): inodes must do. */
  #devicesAgree = true;

  constructor(workspace: Workspace, graph: ModuleGraph) {
    this.#workspace = workspace;
    this.#graph = graph;
    this.#files = filesOf(workspace);
  }

  /** The workspace or its graph was read anew. */
  redefine(workspace: Workspace, graph: ModuleGraph): void {
    this.#workspace = workspace;
    this.#graph = graph;
    this.#files = filesOf(workspace);
  }

  get graph(): ModuleGraph {
    return this.#graph;
  }

  get artifacts(): ReadonlyMap<string, Artifact | null> {
    return this.#artifacts;
  }

  /** One image a module: what it runs. Null while no server runs, or it can't be seen. */
  get images(): ReadonlyMap<string, Image> | null {
    return this.#images;
  }

  /** Absolute path of a module's library, or of the executable. */
  fileOf(name: string): string | null {
    return this.#files.get(name) ?? null;
  }

  readonly same = (a: FileIdentity, b: FileIdentity): boolean =>
    a.inode === b.inode && (!this.#devicesAgree || a.device === b.device);

  /**
   * Looks at the disk, and at the process if there is one.
   * @returns what was mapped before, if a module's image has gone since the last look at the same server.
   */
  async look(pid: number | null): Promise<ReadonlyMap<string, Image> | null> {
    const before = this.#images;
    const names = [...this.#files.keys()];
    const [artifacts, images] = await Promise.all([
      Promise.all([...this.#files.values()].map(readArtifact)),
      pid === null ? null : this.sample(pid),
    ]);
    this.#artifacts = new Map(names.map((name, index) => [name, artifacts[index] ?? null]));
    if (images === null) {
      this.#images = null;
      this.#devicesAgree = true;
      return null;
    }
    this.#compareDevices(images);
    this.#images = new Map();
    for (const [name, mapped] of images) {
      const artifact = this.#artifacts.get(name) ?? null;
      // Where an old image and a new one are both mapped, the old one is the news.
      const old = mapped.find((image) => artifact === null || !this.same(image, artifact));
      const shown = old ?? mapped[0];
      if (shown !== undefined) this.#images.set(name, shown);
    }
    if (before === null) return null;
    const moved = this.#graph.order.some((name) => {
      const old = before.get(name);
      return old !== undefined && !images.get(name)?.some((image) => this.same(image, old));
    });
    return moved ? before : null;
  }

  /** Every mapped image of each module, now; null when the process is gone. */
  async sample(pid: number): Promise<Map<string, Image[]> | null> {
    const byFile = await readImages(pid);
    if (byFile === null) return null;
    const byName = new Map<string, Image[]>();
    for (const [name, file] of this.#files) {
      const mapped = byFile.get(basename(file));
      if (mapped !== undefined) byName.set(name, mapped);
    }
    return byName;
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
    return planReload({ graph: this.#graph, rule: this.#workspace.rule, stale, changed });
  }

  #evidence(): Evidence {
    const program = this.#workspace.packages.needs.get(this.#workspace.program.package);
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
      unloading: NONE,
      loading: NONE,
      relinksWithModules: program?.libraries.some((name) => this.#graph.order.includes(name)) ?? false,
    };
  }

  #compareDevices(images: ReadonlyMap<string, readonly Image[]>): void {
    const program = this.#workspace.program.package;
    const artifact = this.#artifacts.get(program);
    const image = images.get(program)?.find((each) => each.inode === artifact?.inode);
    if (artifact && image) this.#devicesAgree = artifact.device === image.device;
  }
}

function filesOf(workspace: Workspace): Map<string, string> {
  const files = new Map(
    workspace.libraries.map((library) => [library.package, join(workspace.outputDirectory, library.file)]),
  );
  return files.set(workspace.program.package, workspace.program.file);
}
