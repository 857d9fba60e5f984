/** An engine with a workspace open: what a shape may do there, and what is seen of it. */
import { join } from 'node:path';
import type { Auto, LastReload, Notice, SessionState } from '#shared/contract.ts';
import { type EngineClient, startEngine } from '../engine.ts';
import { setVersion } from '../fixtures/files.ts';
import { askHost } from '../fixtures/hosts/hosts.ts';
import { falsehoods } from './falsehoods.ts';
import { type Truth, Witness, whereabouts } from './truth.ts';

/** A look that finds something false is repeated for so long: states follow the kernel within a second or so. */
const SETTLE_MS = 5_000;
const AGAIN_MS = 100;
/** What `temporaryFolder` makes. */
const TEMPORARY = /\/\S*\/hotdeck-test-\w+/g;

export interface StageOptions {
  /** The folder that is opened, and the environment of Hotdeck. */
  folder: string;
  env?: NodeJS.ProcessEnv;
  /** The folder of what it keeps; without one it keeps nothing. */
  data?: string;
  auto?: Partial<Auto>;
  /** What cargo makes, absolute, by package: the modules that are looked at. */
  files: ReadonlyMap<string, string>;
  /** Where the server answers; a path of a Unix socket. */
  answer: string;
}

export class Stage {
  readonly client: EngineClient;
  readonly #options: StageOptions;
  readonly #witness: Witness;
  readonly #versions = new Map<string, string>();
  readonly #edited = new Map<string, string>();
  readonly #false = new Set<string>();
  #truth: Truth | null = null;
  #answers: string[] | null = null;
  #justBuilt = false;
  #signalled = false;
  #reloads = 0;

  constructor(options: StageOptions) {
    this.#options = options;
    this.client = startEngine(options.env, { data: options.data ?? null });
    this.#witness = new Witness(options.files);
    for (const name of options.files.keys()) this.#versions.set(name, '1');
  }

  get session(): SessionState {
    return this.client.session;
  }

  /** All that was false at any look. */
  get falsehoods(): string[] {
    return [...this.#false];
  }

  get pid(): number | null {
    if (this.client.state.name !== 'open') return null;
    const { server } = this.client.session;
    return 'pid' in server ? server.pid : null;
  }

  open(): Promise<void> {
    return this.client.open(this.#options.folder, this.#options.auto);
  }

  until(what: string, condition: (session: SessionState) => boolean, ms = 20_000): Promise<SessionState> {
    return this.client.until(what, condition, ms);
  }

  /** Start, and wait until it is called running. */
  async start(): Promise<void> {
    const reply = await this.client.request('start', {});
    if (!reply.ok) throw new Error(`Start: ${reply.failure.message} (${this.said()})`);
    await this.until('running', ({ server }) => server.name === 'running', 60_000);
    this.#justBuilt = true;
    await this.look();
  }

  /** Gives a module's source another version: where there is building on save, waits until that is built. */
  async edit(module: string, text = '2', folder = join(this.#options.folder, module)): Promise<void> {
    this.#justBuilt = false;
    this.#edited.set(module, text);
    await setVersion(folder, text);
    await this.until(
      `the edit of ${module} is seen`,
      ({ edited, build }) => edited.length > 0 || build.name === 'building',
    );
    if (this.session.auto.buildOnSave) await this.built();
  }

  /** Build, and wait until that is over. */
  async build(): Promise<void> {
    await this.client.request('build', {});
    await this.built();
  }

  async built(): Promise<void> {
    await this.until('built', ({ build, edited }) => build.name === 'ok' && edited.length === 0, 60_000);
    for (const [name, text] of this.#edited) this.#versions.set(name, text);
    this.#edited.clear();
    this.#justBuilt = true;
    await this.look();
  }

  /** The file of a module is of that version by now, by the test's own doing. */
  setVersionOnDisk(module: string, text: string): void {
    this.#versions.set(module, text);
  }

  /** Something was changed so that a build may do something again. */
  noteChange(): void {
    this.#justBuilt = false;
  }

  /** Reload, and wait for the verdict; null where Hotdeck did not do it. */
  async reload(
    params: { modules?: string[]; anyway?: boolean } = {},
    patience = 20_000,
  ): Promise<LastReload | null> {
    const before = this.#reloads;
    const { notices } = this.session;
    const known = new Set(notices.map(({ id }) => id));
    const reply = await this.client.request('reload', params);
    if (!reply.ok) throw new Error(`Reload: ${reply.failure.message}`);
    const isAsked = (each: Notice): boolean => !known.has(each.id);
    await this.until(
      'a reload or a question',
      ({ lastReload, notices: now }) => (lastReload?.number ?? 0) > before || now.some(isAsked),
      patience,
    );
    if ((this.session.lastReload?.number ?? 0) <= before) {
      await this.look();
      return null;
    }
    this.#signalled = true;
    return this.verdict(patience);
  }

  /** Waits for the end of the next reload, whoever set it off. */
  async verdict(patience = 20_000): Promise<LastReload> {
    const before = this.#reloads;
    const { lastReload } = await this.until(
      'the verdict',
      (session) => (session.lastReload?.number ?? 0) > before && session.lastReload?.took != null,
      patience,
    );
    if (lastReload === null) throw new Error('There was no reload.');
    this.#reloads = lastReload.number;
    await this.look();
    return lastReload;
  }

  /** Holds what is said against what is so. */
  async look(): Promise<Truth> {
    const { files, answer } = this.#options;
    const until = Date.now() + SETTLE_MS;
    for (;;) {
      const pid = this.pid;
      this.#answers = pid === null || files.size === 0 ? null : await askHost(answer);
      const truth = await this.#witness.look(pid, this.#versions, this.#answers);
      this.#truth = truth;
      if (this.client.state.name !== 'open') return truth;
      const known = { justBuilt: this.#justBuilt, signalled: this.#signalled };
      const found = falsehoods(this.session, truth, known);
      if (found.length === 0) return truth;
      if (Date.now() > until) {
        for (const each of found) this.#false.add(each);
        return truth;
      }
      await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
    }
  }

  /** What Hotdeck says in the end, in short. */
  said(): string {
    const { state } = this.client;
    if (state.name === 'failed') return `can't be opened: ${this.#plain(state.failure.message)}`;
    if (state.name !== 'open') return state.name;
    const { lastReload, modules, notices, server, build } = state.session;
    const states = [...this.#options.files.keys()].map((name): [string, string] => [
      name,
      modules[name]?.state ?? 'not shown',
    ]);
    const parts = [
      ...(server.name === 'running' ? [] : [server.name]),
      ...(build.name === 'failed' ? ['build failed'] : []),
      ...(lastReload === null ? [] : [verdictOf(lastReload, (text) => this.#plain(text))]),
      together(states),
      ...notices.map(({ kind, message }) => `${kind}: ${this.#plain(message)}`),
    ];
    return parts.filter((part) => part !== '').join('; ');
  }

  kernel(): string {
    if (this.#truth === null || !this.#truth.alive) return 'no process';
    return together([...this.#truth.modules].map(([name, it]) => [name, whereabouts(it)]));
  }

  answers(): string {
    return this.#answers?.join(', ') ?? '';
  }

  /** A sentence without what differs from run to run. */
  #plain(text: string): string {
    return text
      .split('\n')
      .slice(0, 2)
      .join(' / ')
      .replaceAll(this.#options.folder, 'WORKSPACE')
      .replace(TEMPORARY, 'FOLDER')
      .replace(/\b\d+(?:\.\d+)? (ms|s)\b/g, '… $1')
      .replace(/\.rs:\d+:\d+/g, '.rs:…')
      .replace(/\b(pid|process|CONT) \d+/g, '$1 …');
  }
}

function verdictOf({ verdict, message }: LastReload, plain: (text: string) => string): string {
  return verdict === 'swapped'
    ? plain(message).replace(/^Swapped/, 'swapped')
    : `${verdict}: ${plain(message)}`;
}

/** "left, right loaded; top stale": names by what is said of them. */
function together(states: readonly (readonly [string, string])[]): string {
  const groups = new Map<string, string[]>();
  for (const [name, state] of states) groups.set(state, [...(groups.get(state) ?? []), name]);
  return [...groups].map(([state, names]) => `${names.join(', ')} ${state}`).join('; ');
}
