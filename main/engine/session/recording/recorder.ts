import type { HistoryRecord, LastReload, ServerState, SessionPatch, Stream } from '#shared/contract.ts';
import { clock } from '#shared/time.ts';
import type { BuildOutcome } from '../../building/buildOutcome.ts';
import type { HistoryStore } from '../../history/historyStore.ts';
import type { ServerControl } from '../../process/serverControl.ts';
import { BuildNotes } from '../builds/buildNotes.ts';
import type { Builds } from '../builds/builds.ts';
import type { RebuildReasons } from '../builds/rebuildReasons.ts';
import type { Edit, EditLedger, Saved } from '../modules/editLedger.ts';
import type { Inventory } from '../modules/inventory.ts';
import type { Replaced, ReplacedFiles } from '../modules/replacedFiles.ts';
import type { Reloads } from '../reload/reloads.ts';
import type { SessionStore } from '../store.ts';
import type { Logbook } from './logbook.ts';
import {
  begunBuild,
  buildRecord,
  editRecord,
  type Place,
  reloadRecord,
  replacedRecord,
  type Scene,
  serverRecord,
  type Wait,
} from './records.ts';

interface Watched {
  readonly store: SessionStore;
  readonly server: Pick<ServerControl, 'lastEnd'>;
  readonly builds: Pick<Builds, 'on'>;
  readonly edits: Pick<EditLedger, 'on' | 'built'>;
  readonly reloads: Pick<Reloads, 'answered'>;
  readonly logbook: Pick<Logbook, 'place'>;
  readonly rebuildReasons: Pick<RebuildReasons, 'ofBuild'>;
  readonly inventory: Pick<Inventory, 'earlierBuild'>;
  readonly replacedFiles: Pick<ReplacedFiles, 'on'>;
  refresh(): Promise<void>;
}

/** Makes a record of each thing that happens in a session, and has it kept. It only listens. */
export class Recorder {
  readonly #session: Watched;
  readonly #history: HistoryStore;
  readonly #pending = new Set<Promise<void>>();
  #build: BuildNotes | null = null;
  /** The reload that runs: where the log was when it began, and the edits that were built by then. */
  #reload: { number: number; line: number; edits: Edit[] } | null = null;
  #server: ServerState;
  /** What builds have waited for locks. */
  readonly #waits: Wait[] = [];
  #started = 0;

  constructor(session: Watched, history: HistoryStore) {
    this.#session = session;
    this.#history = history;
    this.#server = session.store.state.server;
    history.noteGraph(session.store.state.graph);
    session.store.on('patch', (patch) => this.#onPatch(patch));
    session.replacedFiles.on('replaced', (replaced) => this.#onReplaced(replaced));
    session.edits.on('saved', (saved) => this.#onSaved(saved));
    session.builds.on('began', ({ at, trigger }) => {
      this.#build = new BuildNotes(at, trigger);
      this.#history.begin(begunBuild(this.#build, this.#buildScene()));
    });
    session.builds.on('event', (event) => this.#build?.note(event));
    session.builds.on('ended', (outcome, at) => this.#onBuild(outcome, at));
  }

  /** Resolves when all that has happened is kept. */
  async close(): Promise<void> {
    while (this.#pending.size > 0) await Promise.all(this.#pending);
  }

  #onPatch({ graph, server, lastReload }: SessionPatch): void {
    if (graph !== undefined) this.#history.noteGraph(graph);
    if (server !== undefined) this.#onServer(server);
    if (lastReload !== undefined && lastReload !== null) this.#onReload(lastReload);
  }

  #onSaved({ at, files, owners }: Saved): void {
    const scene = this.#scene('pid' in this.#server ? this.#place('server') : null);
    this.#keep(editRecord({ at, files: [...files], owners: [...owners] }, scene));
  }

  #onBuild(outcome: BuildOutcome, over: number): void {
    const notes = this.#build;
    this.#build = null;
    if (notes === null) return;
    const scene = this.#buildScene();
    const { nodes } = this.#session.store.state.graph;
    const record = buildRecord(notes, outcome, over, nodes, scene);
    if (record.waited > 0) this.#waits.push({ at: record.at, ms: record.waited });
    const whys = this.#session.rebuildReasons.ofBuild(record.rebuilt);
    const reasons = Object.fromEntries(whys.map(({ module, text }) => [module, text]));
    this.#keep({ ...record, reasons, whys });
  }

  #onReplaced(replaced: Replaced): void {
    const earlier = replaced.modules.flatMap((name) => {
      const at = this.#session.inventory.earlierBuild(name)?.builtAt;
      return at === undefined ? [] : [[name, `the build of ${clock(at, Date.now())} again`] as const];
    });
    this.#keep(replacedRecord(replaced, Object.fromEntries(earlier), this.#scene(null)));
  }

  #onReload(reload: LastReload): void {
    if (reload.verdict === 'running') {
      if (this.#reload?.number === reload.number) return;
      const edits = this.#session.edits.built;
      const place = this.#place('server');
      this.#reload = { number: reload.number, line: place?.line ?? 0, edits };
      this.#history.begin(
        reloadRecord(reload, { edits, answered: null, waits: this.#waits }, this.#scene(place)),
      );
      return;
    }
    const { line = 0, edits = [] } = this.#reload ?? {};
    this.#reload = null;
    const place = this.#place('server');
    const { answered } = this.#session.reloads;
    this.#wait(async () => {
      // What the modules came to is known with the look that follows.
      await this.#session.refresh();
      const known = { edits, answered, waits: this.#waits };
      this.#keep(reloadRecord(reload, known, this.#scene(place && { ...place, line })));
    });
  }

  #onServer(server: ServerState): void {
    const before = this.#server;
    this.#server = server;
    const at = Date.now();
    const scene = this.#scene(this.#place('server'));
    if (server.name === 'starting') {
      const { since, pid } = server;
      this.#started = since;
      const begun = { at: since, pid, life: null, end: null };
      this.#keep(serverRecord({ ...begun, event: 'start' }, scene));
      this.#history.begin(serverRecord({ ...begun, event: 'unseen' }, scene));
    } else if (server.name === 'running' && before.name === 'starting') {
      const life = at - this.#started;
      this.#keep(serverRecord({ at, event: 'ready', pid: server.pid, life, end: null }, scene));
    } else if (!('pid' in server) && 'pid' in before) {
      const started = this.#started;
      this.#wait(async () => {
        const end = await this.#session.server.lastEnd;
        const event = end?.crashed === true ? 'crash' : 'stop';
        // It had ended some time before that was told: what it wrote last was waited for.
        const over = Math.max(started, end?.at ?? at);
        this.#keep(serverRecord({ at: over, event, pid: before.pid, life: over - started, end }, scene));
      });
    }
  }

  /** Where a stream's log is now; null where none is stored. */
  #place(stream: Stream): Place | null {
    const place = this.#session.logbook.place(stream);
    return place && { run: place.run, line: place.lines, endLine: place.lines };
  }

  /** A build has a log of its own. */
  #buildScene(): Scene {
    const place = this.#place('build');
    return this.#scene(place && { ...place, line: 0 });
  }

  #scene(place: Place | null): Scene {
    const { modules } = this.#session.store.state;
    const states = Object.entries(modules).map(([name, { state }]) => [name, state] as const);
    return { place, modules: Object.fromEntries(states) };
  }

  #keep(record: HistoryRecord): void {
    this.#history.append(record);
  }

  #wait(work: () => Promise<void>): void {
    const pending = work().finally(() => this.#pending.delete(pending));
    this.#pending.add(pending);
  }
}
