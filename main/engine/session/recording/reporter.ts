import type { LastReload, NewsKind, ServerState, SessionPatch, SessionState } from '#shared/contract.ts';
import { count } from '#shared/count.ts';
import type { HostMessage, News } from '../../protocol.ts';
import type { SessionStore } from '../store.ts';

export type NewsMessage = Extract<HostMessage, { type: 'progress' | 'news' }>;

/** Reports to the host what a user who looks elsewhere may want to know, and how far a build is. */
export class Reporter {
  readonly #store: Pick<SessionStore, 'state'>;
  readonly #tell: (message: NewsMessage) => void;
  readonly #told = new Set<NewsKind>();
  /** The last that was told about a build: percent, or null where that is unknown. */
  #progress: { percent: number | null } | null = null;
  #server: ServerState['name'];
  #reload = 0;

  constructor(store: Pick<SessionStore, 'state' | 'on'>, tell: (message: NewsMessage) => void) {
    this.#store = store;
    this.#tell = tell;
    this.#server = store.state.server.name;
    store.on('patch', (patch) => this.#onPatch(patch));
  }

  #onPatch({ build, server, lastReload }: SessionPatch): void {
    if (build !== undefined) this.#onBuild();
    if (server !== undefined) this.#onServer(server);
    if (lastReload !== undefined && lastReload !== null) this.#onReload(lastReload);
  }

  close(): void {
    this.#show(null);
  }

  #onBuild(): void {
    const { build } = this.#store.state;
    if (build.name === 'building') {
      const { done, of } = build;
      this.#show({ percent: of === null || of === 0 ? null : Math.round((100 * done) / of) });
      return;
    }
    const wasRunning = this.#progress !== null;
    this.#show(null);
    if (!wasRunning) return;
    if (build.name === 'failed') this.#report('build', newsOfBuild(this.#store.state, build.errors));
    else if (build.name === 'ok') this.#takeBack('build');
  }

  #onServer(server: ServerState): void {
    const before = this.#server;
    this.#server = server.name;
    if (server.name === before) return;
    if (server.name === 'crashed') this.#report('crash', newsOfCrash(this.#store.state, server));
    else this.#takeBack('crash');
  }

  #onReload(reload: LastReload): void {
    if (reload.verdict === 'running' || reload.number === this.#reload) return;
    this.#reload = reload.number;
    // A crash is told about by itself.
    if (GONE_WRONG.has(reload.verdict)) this.#report('reload', newsOfReload(this.#store.state, reload));
    else this.#takeBack('reload');
  }

  #report(kind: NewsKind, news: News): void {
    this.#told.add(kind);
    this.#tell({ type: 'news', kind, news });
  }

  #takeBack(kind: NewsKind): void {
    if (this.#told.delete(kind)) this.#tell({ type: 'news', kind, news: null });
  }

  #show(progress: { percent: number | null } | null): void {
    const before = this.#progress;
    this.#progress = progress;
    if (progress === null && before === null) return;
    if (progress !== null && before !== null && progress.percent === before.percent) return;
    const done = progress?.percent ?? null;
    this.#tell({
      type: 'progress',
      build: progress === null ? null : { done: done === null ? null : done / 100 },
    });
  }
}

const GONE_WRONG: ReadonlySet<LastReload['verdict']> = new Set(['stuck', 'partial', 'timed out']);

function newsOfBuild({ workspace, problems }: SessionState, errors: number): News {
  const first = problems.find(({ level }) => level === 'error');
  const title = `The build of ${workspace.name} failed`;
  if (first === undefined) return { title, body: 'What cargo says is in the Build tab.', tab: 'build' };
  const place = first.file === null ? '' : `${first.file}${first.line === null ? '' : `:${first.line}`}: `;
  const others = errors > 1 ? ` (and ${count(errors - 1, 'more error')})` : '';
  return { title, body: `${place}${first.message}${others}`, tab: 'problems' };
}

function newsOfCrash(
  { workspace }: SessionState,
  { signal, code }: Extract<ServerState, { name: 'crashed' }>,
): News {
  const how = signal === null ? `exit code ${code ?? 'unknown'}` : signal;
  return { title: `${workspace.name} has crashed`, body: `It ended with ${how}.`, tab: 'server' };
}

const newsOfReload = ({ workspace }: SessionState, { number, verdict, message }: LastReload): News => ({
  title: `Reload ${number} of ${workspace.name}: ${verdict}`,
  body: message,
  tab: 'server',
});
