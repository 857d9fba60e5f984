import type { GraphNode, Why } from '#shared/contract.ts';
import type { BuildOutcome } from '../../building/buildOutcome.ts';
import { causeOf, type Found, merged } from '../../building/why/cause.ts';
import { chainsFrom } from '../../building/why/chains.ts';
import type { Dirty } from '../../building/why/dirty.ts';
import type { InputsFile } from '../../building/why/inputsFile.ts';
import { whyOf } from '../../building/why/sentence.ts';
import { type Links, linksOf } from '../../graph/links.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import type { EditLedger } from '../modules/editLedger.ts';
import type { Inventory } from '../modules/inventory.ts';
import type { Builds } from './builds.ts';
import { ObservedBuild } from './observedBuild.ts';

interface Watched {
  readonly workspace: Workspace;
  readonly inventory: Pick<Inventory, 'artifacts' | 'graph'>;
  readonly builds: Pick<Builds, 'on'>;
  readonly edits: Pick<EditLedger, 'saves'>;
}

/** Packages that builds compiled, and why cargo says that it compiled them. */
interface Compiled {
  compiled: Set<string>;
  dirty: Map<string, Dirty>;
}

const MOST_SAID = 12;
const WHY = '\x1b[1;36m         Why\x1b[0m';
/** A file that was written by a build bears a time within it; file systems are that coarse. */
const COARSE_MS = 20;

/** Tracks why each module was rebuilt, from saves and build events. */
export class RebuildReasons {
  readonly #session: Watched;
  readonly #inputs: InputsFile;
  #build: ObservedBuild | null = null;
  /** Of builds that were given up or failed: what they have done is not done again by the one that succeeds. */
  #carried: Compiled = { compiled: new Set(), dirty: new Map() };
  /** Of each package, since it was swapped in: one for each build that compiled it. */
  readonly #since = new Map<string, Found[]>();
  /** Of each package, by the last build that compiled it. */
  readonly #last = new Map<string, Found>();
  #ofBuild = new Map<string, Found>();
  /** When the files were written that run, by node. */
  readonly #loaded = new Map<string, number>();
  #builtUntil = 0;
  #labels: { nodes: readonly GraphNode[]; of: ReadonlyMap<string, string> } | null = null;
  #links: { from: ReadonlyMap<string, readonly string[]>; links: Links } | null = null;

  constructor(session: Watched, inputs: InputsFile) {
    this.#session = session;
    this.#inputs = inputs;
    session.builds.on('began', ({ trigger }) => this.#begin(trigger.files));
    session.builds.on('event', (event) => this.#build?.note(event));
  }

  /** A build is over: works out why it compiled what it did. @returns that for its terminal, in the manner of cargo. */
  async explain({ kind }: Pick<BuildOutcome, 'kind'>): Promise<string> {
    await this.#finish(kind);
    return kind === 'cancelled' ? '' : this.#said();
  }

  async #finish(kind: BuildOutcome['kind']): Promise<void> {
    const build = this.#build;
    this.#build = null;
    if (build === null) return;
    const workspace = this.#session.workspace;
    const compiled = new Set([...build.compiled, ...build.dirty.keys()]);
    if (kind === 'cancelled') return this.#carry(build, compiled);
    const { buildSystem } = workspace;
    const [before, now] = await Promise.all([this.#inputs.read(), buildSystem.readInputs()]);
    const whys = buildSystem.whysOfBuild({
      compiled: new Set([...this.#carried.compiled, ...compiled]),
      dirty: new Map([...this.#carried.dirty, ...build.dirty]),
      saves: this.#session.edits.saves(build.files),
      links: workspace.packages.links,
      changes: before === null ? [] : buildSystem.changesBetween(before, now),
      wasThere: (name) => !build.unbuilt.has(name),
    });
    // What a failed build did not get to was not rebuilt.
    const made = kind === 'ok' ? compiled : build.compiled;
    this.#ofBuild = new Map([...whys].filter(([name]) => made.has(name)));
    for (const [name, found] of this.#ofBuild) {
      if (!build.compiled.has(name)) continue;
      this.#last.set(name, found);
      this.#since.set(name, [...(this.#since.get(name) ?? []), found]);
    }
    this.#builtUntil = Date.now();
    if (kind === 'ok') {
      this.#carried = { compiled: new Set(), dirty: new Map() };
      await this.#inputs.write(now);
    } else this.#carry(build, compiled);
  }

  #carry({ dirty }: Compiled, compiled: ReadonlySet<string>): void {
    for (const name of compiled) this.#carried.compiled.add(name);
    for (const [name, each] of dirty) this.#carried.dirty.set(name, each);
  }

  #said(): string {
    const { nodes } = this.#session.inventory.graph;
    const label = new Map(
      nodes.flatMap(({ name, role, label: each }) => (role === 'external' ? [] : [[name, each]])),
    );
    const whys = this.ofBuild([...label.keys()]).filter(({ kind }) => kind !== 'first');
    const lines = whys
      .slice(0, MOST_SAID)
      .map(({ module, text }) => `${WHY} ${label.get(module)}: ${text}\n`);
    const rest = whys.length - lines.length;
    return `${lines.join('')}${rest > 0 ? `${WHY} and ${rest} more\n` : ''}`;
  }

  /** What the last build compiled, and why. */
  ofBuild(names: readonly string[]): Why[] {
    return names.flatMap((name) => {
      const found = this.#ofBuild.get(name);
      return found === undefined ? [] : [this.#told(name, found)];
    });
  }

  /** These files run now. */
  loaded(names: Iterable<string>): void {
    for (const name of names) {
      this.#since.delete(name);
      const at = this.#session.inventory.artifacts.get(name)?.modifiedAt;
      if (at !== undefined) this.#loaded.set(name, at);
    }
  }

  /** Why its file is another one than what runs, if it is; otherwise why it was last built. Null: not known. */
  of(name: string, isStale: boolean): Why | null {
    const found = isStale ? this.#ofStale(name) : this.#last.get(name);
    return found == null ? null : this.#told(name, found);
  }

  #ofStale(name: string): Found | null {
    const artifact = this.#session.inventory.artifacts.get(name);
    const known = merged(this.#since.get(name) ?? []);
    const isNewer = (artifact?.modifiedAt ?? 0) > this.#builtUntil + COARSE_MS;
    if (known !== null && !(isNewer && this.#build === null)) return known;
    const found = this.#fromSaves(name, artifact?.modifiedAt ?? 0);
    if (this.#build !== null || artifact == null || !isNewer) return found ?? known;
    const at = artifact.modifiedAt;
    return found === null
      ? { ...causeOf('elsewhere', { at }), chain: [name] }
      : { ...found, kind: 'elsewhere' };
  }

  /** Which saves its file may have: those from after the one that runs was built, and before this one was. */
  #fromSaves(name: string, builtAt: number): Found | null {
    const since = this.#loaded.get(name) ?? 0;
    const causes = new Map<string, Found>();
    for (const { file, member, at } of this.#session.edits.saves()) {
      if (member === null || at <= since || at > builtAt) continue;
      const found = { ...causeOf('edited', { file, at }), chain: [member] };
      const before = causes.get(member);
      causes.set(member, (before && merged([before, found])) ?? found);
    }
    if (causes.size === 0) return null;
    const links = this.#linksOf(this.#session.workspace.packages.links);
    return chainsFrom({ links, causes, through: () => true }).get(name) ?? null;
  }

  #told(name: string, found: Found): Why {
    const { nodes } = this.#session.inventory.graph;
    if (this.#labels?.nodes !== nodes)
      this.#labels = { nodes, of: new Map(nodes.map((node) => [node.name, node.label])) };
    const labels = this.#labels.of;
    return whyOf(name, found, { label: (each) => labels.get(each) ?? each, now: Date.now() });
  }

  /** Worked out once: it is asked for each stale module at each look. */
  #linksOf(links: ReadonlyMap<string, readonly string[]>): Links {
    if (this.#links?.from !== links) this.#links = { from: links, links: linksOf(links) };
    return this.#links.links;
  }

  #begin(files: readonly string[]): void {
    const { workspace, inventory } = this.#session;
    const { artifacts } = inventory;
    const never = [...artifacts.values()].every((artifact) => artifact === null);
    const unbuilt = never
      ? [...workspace.packages.links.keys()]
      : [...artifacts.keys()].filter((name) => !artifacts.get(name));
    this.#build = new ObservedBuild({ root: workspace.root, files, unbuilt: new Set(unbuilt) });
  }
}
