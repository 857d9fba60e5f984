import type { Problem } from '#shared/contract.ts';
import { findLibrary, missingIn } from '../../explain/findLibrary.ts';
import type { ServerControl, ServerEnd } from '../../process/serverControl.ts';
import type { Remark } from '../../workspace/remark.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import type { Inventory } from '../modules/inventory.ts';
import type { SessionStore } from '../store.ts';
import { noticeOfEnd } from './endNotices.ts';
import {
  type Notices,
  noticeOfAdded,
  noticeOfBlindness,
  noticeOfOrder,
  noticeOfOverwriting,
  noticeOfRemark,
} from './notices.ts';

interface Watched {
  readonly workspace: Workspace;
  readonly inventory: Inventory;
  readonly notices: Notices;
  readonly server: Pick<ServerControl, 'pid'>;
  readonly store: SessionStore;
  label(name: string): string;
}

/** Notices of conditions, each added once and withdrawn when it no longer holds; and of why the server ended. */
export class ConditionNotices {
  readonly #session: Watched;
  /** Has it been told that this run of the server can't be seen? */
  #toldBlind = false;
  /** The modules of which it was told that their files were written to. */
  #toldOverwritten = '';
  #told: readonly Remark[] = [];

  constructor(session: Watched) {
    this.#session = session;
  }

  /** That the server's memory maps can't be read, once in a run. */
  tellBlind(): void {
    const { blind } = this.#session.inventory;
    this.#session.store.set({ blind: blind === null ? null : noticeOfBlindness(blind).message });
    if (blind !== null && !this.#toldBlind) this.#session.notices.add(noticeOfBlindness(blind));
    else if (blind === null && this.#toldBlind) this.#session.notices.clear('blind');
    this.#toldBlind = blind !== null;
  }

  /** Which libraries were written to while they are mapped. */
  tellOverwritten(): void {
    const { overwritten } = this.#session.inventory;
    const told = overwritten.join();
    if (told === this.#toldOverwritten) return;
    this.#toldOverwritten = told;
    if (overwritten.length === 0) this.#session.notices.clear('overwritten');
    else {
      const labels = overwritten.map((name) => this.#session.label(name)).join(', ');
      this.#session.notices.add(noticeOfOverwriting(overwritten, labels));
    }
  }

  /** Each once, as long as it is so. */
  tellRemarks(): void {
    const { remarks } = this.#session.workspace;
    const isTold = (remark: Remark): boolean => this.#told.some((each) => each.message === remark.message);
    const over = this.#told.filter(({ kind }) => !remarks.some((each) => each.kind === kind));
    this.#session.notices.clear(...over.map(({ kind }) => kind));
    for (const remark of remarks) if (!isTold(remark)) this.#session.notices.add(noticeOfRemark(remark));
    this.#told = remarks;
  }

  /** An order that was set by hand may put a module below what it needs. */
  checkOrder(): void {
    this.#session.notices.clear('order');
    const notice = noticeOfOrder(this.#session.inventory.graph);
    if (notice !== null && this.#session.workspace.modules?.from === 'hotdeck.json')
      this.#session.notices.add(notice);
  }

  /** Errors that `cargo build` alone would not have. */
  tellAdded(problems: readonly Problem[]): void {
    const errors = problems.filter(({ level }) => level === 'error');
    const { added, buildArguments } = this.#session.workspace;
    const notice = noticeOfAdded(
      errors.map((problem) => problem.package ?? ''),
      added,
      buildArguments,
    );
    if (notice !== null) this.#session.notices.add(notice);
  }

  /** Says why it ended. Only a library that was not found has to be looked for first. */
  async tellEnd(end: ServerEnd, writtenTo: Promise<string[]>): Promise<void> {
    const { lastReload, server } = this.#session.store.state;
    const known = {
      end,
      since: 'since' in server ? server.since : 0,
      lastReload,
      nodes: this.#session.inventory.graph.nodes,
      isStale: (name: string) => this.#session.inventory.wasOutdated(name),
    };
    const missing = end.crashed ? missingIn(end.tail.join('\n')) : null;
    const library = missing === null ? null : await findLibrary(missing, this.#session.workspace, end.at);
    // Who has started it again meanwhile knows better.
    if (library !== null && this.#session.server.pid !== null) return;
    const overwritten = (await writtenTo).map((name) => this.#session.label(name));
    const notice = noticeOfEnd({ ...known, library, overwritten });
    if (notice !== null) this.#session.notices.add(notice);
  }
}
