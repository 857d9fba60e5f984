import type { ModuleStatus, Moves, Rule, Why } from '#shared/contract.ts';
import { planReload } from '../../graph/plan.ts';
import type { Artifact } from '../../process/artifacts.ts';
import { compareOwn } from '../../process/codeIdentity.ts';
import type { BuildMarks } from './buildMarks.ts';
import { comingWith } from './coming.ts';
import type { EditLedger } from './editLedger.ts';
import type { Inventory } from './inventory.ts';
import { type Evidence, moduleStatuses, type OwnCode, staleNodes } from './moduleStatus.ts';
import { takesForNew } from './newness.ts';

const NONE: ReadonlySet<string> = new Set();

interface Sources {
  inventory: Inventory;
  edits: Pick<EditLedger, 'changedModules'>;
  marks: BuildMarks;
  /** Why the file of a node is another one than what runs, if it is; otherwise why it was last built. */
  whyOf(name: string, isStale: boolean): Why | null;
}

/** What follows from the files on disk, what is mapped, edits and builds: the states of the modules, and what a reload would move. */
export class ModuleStates {
  readonly #sources: Sources;
  /** What `#coming` found, and in which look at the files. */
  #found: ReadonlyMap<string, readonly string[]> = new Map();
  #foundIn: ReadonlyMap<string, Artifact | null> | null = null;

  constructor(sources: Sources) {
    this.#sources = sources;
  }

  /** The status of each node. @param moving modules that a running reload is about to unload, and those on their way back in. */
  statuses(moving: {
    unloading: ReadonlySet<string>;
    loading: ReadonlySet<string>;
  }): Record<string, ModuleStatus> {
    return moduleStatuses({ ...this.#evidence(), ...moving });
  }

  /** What a reload would do now. */
  moves(): Moves {
    const { inventory, edits, whyOf } = this.#sources;
    const stale = staleNodes(this.#evidence());
    const changed = new Map([...edits.changedModules].map(([name, file]) => [name, `edited (${file})`]));
    const told = new Map(
      [...stale].flatMap((name) => {
        const why = whyOf(name, true);
        return why === null ? [] : [[name, why.text] as const];
      }),
    );
    const { rule, newness } = inventory.workspace;
    const opened = this.#openedFor(rule);
    const taken = this.#taken(stale);
    return planReload({
      ...{ graph: inventory.graph, rule, stale, taken, newness, changed, told },
      ...(opened === null ? {} : { opened }),
      coming: this.#coming(taken),
    });
  }

  /** The modules that the server will take for new: of those where that is not known, the ones that are. */
  #taken(stale: ReadonlySet<string>): ReadonlySet<string> {
    const { inventory } = this.#sources;
    const { images, artifacts, stuck, renewed, loads, graph, workspace } = inventory;
    if (inventory.blind !== null || images === null) return new Set([...stale, ...renewed]);
    const isTaken = (name: string): boolean => {
      const isStale = stale.has(name);
      const artifact = artifacts.get(name) ?? null;
      if (artifact === null || !images.has(name) || stuck.has(name)) return isStale;
      const { newness } = workspace;
      const taking = takesForNew({ newness, artifact, loading: loads.of(name), isStale });
      return taking === 'unknown' ? isStale || renewed.has(name) : taking === 'yes';
    };
    return new Set(graph.order.filter(isTaken));
  }

  /** What the server has open, or had: null where that is not known. */
  #openedFor(rule: Rule): ReadonlySet<string> | null {
    const { images, blind, opened } = this.#sources.inventory;
    if (rule === 'all') return new Set(images?.keys());
    return images === null || images.size === 0 || blind !== null ? null : opened;
  }

  /** What modules are linked to by now that the server does not have. Read only where there is any such library. */
  #coming(taken: ReadonlySet<string>): ReadonlyMap<string, readonly string[]> {
    const { images, blind, graph, artifacts, workspace } = this.#sources.inventory;
    if (images === null || images.size === 0 || blind !== null || taken.size === 0) return new Map();
    const missing = graph.nodes.filter(
      ({ name, role }) => role === 'module' && !images.has(name) && (artifacts.get(name) ?? null) !== null,
    );
    if (missing.length === 0) return new Map();
    // Once a look: plans are made far more often.
    if (this.#foundIn !== artifacts) {
      this.#foundIn = artifacts;
      this.#found = comingWith(missing, graph.nodes, workspace.files);
    }
    return this.#found;
  }

  #evidence(): Evidence {
    const { inventory, edits, marks, whyOf } = this.#sources;
    const { workspace, graph } = inventory;
    const program = workspace.packages.needs.get(workspace.program.node);
    return {
      root: workspace.root,
      nodes: graph.nodes,
      files: workspace.files,
      artifacts: inventory.artifacts,
      images: inventory.images,
      same: inventory.same,
      olderOf: (name) => inventory.olderCopies(name),
      earlierOf: (name) => inventory.earlierBuild(name),
      builtAtOf: (name, code) => inventory.builtAt(name, code),
      ownCode: this.#ownCode(),
      building: marks.building,
      failed: marks.failed,
      edits: edits.changedModules,
      stuck: inventory.stuck,
      whyOf,
      basisOf: inventory.blind === null ? () => null : (name) => inventory.basisOf(name),
      unloading: NONE,
      loading: NONE,
      relinksWithModules: program?.libraries.some((name) => graph.order.includes(name)) ?? false,
    };
  }

  /** Whether the program on disk has the own code of the one that runs. */
  #ownCode(): OwnCode {
    const { artifacts, images, workspace } = this.#sources.inventory;
    const program = workspace.program.node;
    const [a, b] = [artifacts.get(program)?.own, images?.get(program)?.own];
    return a == null || b == null ? 'unknown' : compareOwn(a, b);
  }
}
