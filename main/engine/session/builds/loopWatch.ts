import { type Result, success } from '../../result.ts';
import { FeedbackLoop, type LoopVerdict } from '../../watch/feedback.ts';
import type { Notices, Unnumbered } from '../notices/notices.ts';
import type { SessionStore } from '../store.ts';
import type { Builds } from './builds.ts';

/** A script that ended that long ago may have written what is seen now. */
const LATE_MS = 400;

interface Watched {
  readonly store: SessionStore;
  readonly builds: Pick<Builds, 'on'>;
  readonly notices: Pick<Notices, 'add' | 'clear'>;
}

/** Keeps builds on save from feeding themselves: asks before each, holds one back, suspends files and reports it. */
export class LoopWatch {
  readonly #session: Watched;
  readonly #build: (file: string) => void;
  readonly #loop = new FeedbackLoop();
  /** Build scripts that ran: until when, null while they run. */
  readonly #scripts = new Map<string, number | null>();
  /** Suspended files that were written meanwhile. */
  readonly #changed = new Set<string>();
  #timer: NodeJS.Timeout | undefined;
  /** How long to wait when the build that runs is over, and for what. */
  #held: { quiet: number; file: string } | null = null;

  /** @param build builds after an edit of this file. */
  constructor(session: Watched, build: (file: string) => void) {
    this.#session = session;
    this.#build = build;
    session.builds.on('began', ({ at, trigger }) => {
      this.#scripts.clear();
      this.#loop.began(at, trigger.kind === 'edit');
    });
    session.builds.on('event', (event) => {
      if (event.kind === 'script') this.#scripts.set(event.package, null);
      else if (event.kind === 'unit' && event.script && this.#scripts.has(event.crate.name))
        this.#scripts.set(event.crate.name, Date.now());
    });
    session.builds.on('ended', (outcome) => {
      this.#loop.ended(Date.now(), outcome.kind === 'cancelled');
      this.#wait();
    });
  }

  /**
   * Files were saved. @returns the one to build for, null: none, or not now; and those that a build has yet to take in: what
   * a build writes of suspended files is in it.
   */
  edited(files: readonly string[]): { wanted: string | null; pending: string[] } {
    const at = Date.now();
    const { lastReload } = this.#session.store.state;
    const reloaded =
      lastReload === null ? 0 : lastReload.took === null ? at : lastReload.startedAt + lastReload.took;
    const suspects = [...this.#scripts].flatMap(([name, until]) =>
      until === null || at - until <= LATE_MS ? [name] : [],
    );
    const verdict = this.#loop.edited(files, { at, reloaded, suspects });
    const wanted = this.#take(verdict, files);
    const { suspended } = this.#loop;
    const isBuilding = this.#session.store.state.build.name === 'building';
    for (const file of files) if (suspended.includes(file)) this.#changed.add(file);
    return { wanted, pending: files.filter((file) => !(isBuilding && suspended.includes(file))) };
  }

  /** Builds on every save again, and now what was saved meanwhile. */
  resume(): Result<null> {
    const [pending] = this.#changed;
    this.#changed.clear();
    this.#drop();
    this.#loop.resume();
    this.#tell();
    if (pending !== undefined && this.#session.store.state.auto.buildOnSave) this.#build(pending);
    return success(null);
  }

  close(): void {
    this.#drop();
  }

  #take(verdict: LoopVerdict, files: readonly string[]): string | null {
    const [first = ''] = files;
    switch (verdict.kind) {
      case 'build':
        this.#drop();
        return verdict.files[0] ?? null;
      case 'suspended':
        return null;
      case 'hold':
        this.#held = { quiet: verdict.quiet, file: first };
        this.#wait();
        return null;
      case 'loop':
        this.#drop();
        this.#tell(verdict);
        return null;
    }
  }

  /** Begins to wait, unless a build runs: then at its end. */
  #wait(): void {
    if (this.#held === null || this.#session.store.state.build.name === 'building') return;
    const { quiet, file } = this.#held;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#held = null;
      if (this.#loop.proceed() && this.#session.store.state.auto.buildOnSave) this.#build(file);
    }, quiet);
  }

  #drop(): void {
    clearTimeout(this.#timer);
    this.#held = null;
  }

  #tell(found: Extract<LoopVerdict, { kind: 'loop' }> | null = null): void {
    const { suspended } = this.#loop;
    this.#session.store.set({ suspended });
    if (suspended.length === 0) this.#session.notices.clear('watch-loop');
    else if (found !== null) this.#session.notices.add(noticeOfLoop(found));
  }
}

/** Which files are suspended, why, and who wrote them as far as that is known. */
function noticeOfLoop({
  files,
  suspects,
  rounds,
}: Pick<Extract<LoopVerdict, { kind: 'loop' }>, 'files' | 'suspects' | 'rounds'>): Unnumbered {
  const [first = '', ...others] = files;
  const named = others.length === 0 ? first : `${first} and ${others.length} more`;
  const it = others.length === 0 ? 'it' : 'them';
  const who =
    suspects.length === 0
      ? `What writes ${it} could not be determined: a build script, a macro, the server, or a program that waits for builds.`
      : `Running when ${it === 'it' ? 'it was' : 'they were'} written: the build script of ${suspects.join(' or ')}.`;
  return {
    kind: 'watch-loop',
    severity: 'warning',
    message: `Building on save is suspended for ${named}: each of the last ${rounds} builds changed ${it} again, which triggered the next build.`,
    remedy: `${who} Write ${it} to OUT_DIR, or only when the contents change, then resume.`,
    actions: ['resume-watch'],
    modules: [],
  };
}
