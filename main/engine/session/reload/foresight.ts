import { isDeepStrictEqual } from 'node:util';
import type { Finding, Moves } from '#shared/contract.ts';
import { type Foreseen, ReloadInputs } from '../../foresight/reading/reloadInputs.ts';
import type { BuildEnd } from '../../foresight/torn.ts';
import { sameFile } from '../../process/artifacts.ts';
import { messageOf } from '../../result.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import { Emitter } from '../emitter.ts';
import type { Inventory } from '../modules/inventory.ts';
import type { ModuleStates } from '../modules/moduleStates.ts';

interface Options {
  inventory: Inventory;
  states: Pick<ModuleStates, 'moves'>;
  workspace(): Workspace;
}

/** All that findings depend on. */
interface Ground {
  workspace: Workspace;
  graph: Inventory['graph'];
  moves: Moves;
  pid: number | null;
  build: BuildEnd | null;
  artifacts: Inventory['artifacts'];
  images: Inventory['images'];
}

const ELSEWHERE_POLL_MS = 150;

/**
 * What a reload (or a start) would run into, worked out again whenever something changed that it depends on, beside
 * everything else and never twice. Knows how the build ended that made the files on disk.
 */
export class Foresight {
  readonly #options: Options;
  readonly #reloadInputs = new ReloadInputs();
  readonly #events = new Emitter<{ found: []; 'built-elsewhere': [] }>();
  #known: (Foreseen & { ground: Ground }) | null = null;
  #working: Promise<void> | null = null;
  #closed = false;
  /** Files are being replaced: from the start of a build to the first look after its end. */
  #building = false;
  /** How the build ended, until a look has seen what it left. */
  #ended: { kind: 'ok' | 'failed' | 'cancelled' } | null = null;
  /** What is known of the build that made these files. */
  #build: { end: BuildEnd; artifacts: Inventory['artifacts'] } | null = null;
  /** Set while a cargo that is not ours replaces files. */
  #elsewhere: NodeJS.Timeout | null = null;

  constructor(options: Options) {
    this.#options = options;
  }

  /** `found`: findings for the state as it is now are there; `built-elsewhere`: somebody else's build is over. */
  readonly on = this.#events.on;

  /** What is in the way of these moves; empty until it is worked out. */
  findings(moves: Moves): Finding[] {
    return this.#isKnown(moves) ? (this.#known?.findings ?? []) : [];
  }

  /** Libraries that are no modules and go along with these moves, as only what is unloaded needs them. */
  along(moves: Moves): string[] {
    return this.#isKnown(moves) ? (this.#known?.along ?? []) : [];
  }

  /** Works out what is not known yet; resolves when everything is. */
  async update(): Promise<void> {
    while (!this.#closed && !this.#isKnown(this.#options.states.moves())) {
      this.#working ??= this.#work();
      await this.#working;
    }
  }

  /** A build may replace files from now on: what lies on disk says nothing yet. */
  beginBuild(): void {
    this.#building = true;
    this.#ended = null;
    this.#forgetElsewhere();
  }

  /** Somebody else's cargo is at work: a build of ours would wait for it. */
  get isBuiltElsewhere(): boolean {
    return this.#elsewhere !== null;
  }

  endBuild(kind: 'ok' | 'failed' | 'cancelled'): void {
    this.#ended = { kind };
  }

  /** The build has put this library on disk: reads it ahead of the end. */
  noteArtifact(name: string): void {
    const file = this.#options.inventory.fileOf(name);
    if (file !== null && this.#options.inventory.images !== null) void this.#reloadInputs.warm([file]);
  }

  /** To be called before the inventory looks; and what that gives, after it. */
  beginLook(): () => void {
    const ended = this.#ended;
    return () => {
      const { artifacts } = this.#options.inventory;
      const isChanged = !isSameFiles(artifacts, this.#build?.artifacts);
      if (ended !== null && ended === this.#ended) {
        this.#building = false;
        this.#ended = null;
        // A build that replaced nothing has broken nothing.
        const end = ended.kind === 'ok' ? 'complete' : ended.kind === 'failed' ? 'failed' : 'unknown';
        if (end === 'complete' || isChanged) this.#build = { end, artifacts };
      } else if (!this.#building && isChanged) {
        // Somebody else's build.
        this.#build = { end: 'unknown', artifacts };
        if (this.#elsewhere === null) this.#watchElsewhere();
      }
    };
  }

  /** Lets go of all files. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#forgetElsewhere();
    await this.#working;
    await this.#reloadInputs.close();
  }

  #watchElsewhere(): void {
    const { outputDirectory, buildSystem } = this.#options.workspace();
    if (this.#closed || !buildSystem.isBuilding(outputDirectory)) return;
    this.#elsewhere = setTimeout(() => {
      this.#elsewhere = null;
      this.#watchElsewhere();
      if (this.#elsewhere === null) this.#events.emit('built-elsewhere');
    }, ELSEWHERE_POLL_MS);
  }

  #forgetElsewhere(): void {
    if (this.#elsewhere !== null) clearTimeout(this.#elsewhere);
    this.#elsewhere = null;
  }

  #ground(moves: Moves): Ground {
    const { inventory, workspace } = this.#options;
    const { graph, artifacts, images, processes } = inventory;
    const isReplacing = this.#building || this.#elsewhere !== null;
    const build = isReplacing ? null : (this.#build?.end ?? 'unknown');
    return { workspace: workspace(), graph, moves, pid: processes.server, build, artifacts, images };
  }

  #isKnown(moves: Moves): boolean {
    return this.#known !== null && isSame(this.#known.ground, this.#ground(moves));
  }

  async #work(): Promise<void> {
    const ground = this.#ground(this.#options.states.moves());
    this.#known = { ground, ...(await this.#find(ground)) };
    this.#working = null;
    if (!this.#closed && this.#isKnown(this.#options.states.moves())) this.#events.emit('found');
  }

  async #find(ground: Ground): Promise<Foreseen> {
    const { workspace, pid, artifacts } = ground;
    const program = workspace.program.node;
    // What was never built is built before it starts.
    if (pid === null && !artifacts.get(program)) return { findings: [], along: [] };
    try {
      const modules = this.#options.inventory.mapped;
      const { findings, along } = await this.#reloadInputs.foresee({ ...ground, modules }, pid);
      const isNews = (finding: Finding): boolean => pid !== null || finding.kind !== 'unbuilt';
      return { findings: findings.filter(isNews), along };
    } catch (error) {
      const message = `The effects of a reload can't be predicted: ${messageOf(error)}.`;
      const unreadable = { kind: 'unreadable', severity: 'info', module: program } as const;
      return { findings: [{ ...unreadable, message, remedy: null, details: [] }], along: [] };
    }
  }
}

/** The graph and the workspace are never changed in place. */
const isSame = (a: Ground, b: Ground): boolean =>
  a.workspace === b.workspace &&
  a.graph === b.graph &&
  a.pid === b.pid &&
  a.build === b.build &&
  isDeepStrictEqual([a.moves, a.artifacts, a.images], [b.moves, b.artifacts, b.images]);

/** Whether these are the same files as before, written at the same time: what is known of their code is no matter. */
function isSameFiles(now: Inventory['artifacts'], before: Inventory['artifacts'] | undefined): boolean {
  if (before === undefined || now.size !== before.size) return false;
  return [...now].every(([name, artifact]) => {
    const other = before.get(name);
    if (artifact === null || other == null) return artifact === other;
    return sameFile(artifact, other) && artifact.modifiedAt === other.modifiedAt;
  });
}
