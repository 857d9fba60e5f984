import {
  type Failure,
  type ModuleGraph,
  type Notice,
  type NoticeKind,
  NoticeKindSchema,
} from '#shared/contract.ts';
import { checkOrder } from '../../graph/order.ts';
import type { Blindness } from '../../process/readMaps.ts';
import type { Remark } from '../../workspace/remark.ts';
import { Emitter } from '../emitter.ts';

export type Unnumbered = Omit<Notice, 'id'>;

/** What to tell about an order of modules that contradicts what they need. Null where it doesn't. */
export function noticeOfOrder(graph: ModuleGraph): Unnumbered | null {
  const [first] = checkOrder(graph.order, new Map(graph.nodes.map((node) => [node.name, node.needs])));
  if (first === undefined) return null;
  return {
    kind: 'order',
    severity: 'warning',
    message: `hotdeck.json lists ${first.module} below ${first.needs}, which it needs.`,
    remedy: 'List the modules bottom-up: each after all that it needs.',
    actions: [],
    modules: [],
  };
}

const BLIND: Readonly<Record<Blindness['kind'], string>> = {
  refused: 'the kernel refuses them to this user',
  hidden: '/proc does not show the process to this user',
  'no proc': 'this system has no /proc',
  failed: 'reading them fails',
};

/** A build that failed without a word of the compiler: the reason is in no problem list. */
export const noticeOfBuildFailure = (message: string): Unnumbered => ({
  kind: 'build',
  severity: 'error',
  message: `The build failed: ${message}`,
  remedy: "See the Build tab for cargo's output.",
  actions: ['build'],
  modules: [],
});

/**
 * What to tell about a build whose errors all lie in members that are built because they can be modules; null for others.
 * @param broken the packages that have errors.
 * @param added see Workspace; @param args those of `cargo build`.
 */
export function noticeOfAdded(
  broken: readonly string[],
  added: readonly string[],
  args: readonly string[],
): Unnumbered | null {
  const names = [...new Set(broken)];
  if (names.length === 0 || !names.every((name) => added.includes(name))) return null;
  const kept = args.filter(
    (each, at) => !isNaming(each, args[at + 1], names) && !isNaming(args[at - 1], each, names),
  );
  const excluding = args.includes('--workspace') ? names.flatMap((name) => ['--exclude', name]) : [];
  const many = names.length > 1;
  return {
    kind: 'added',
    severity: 'warning',
    message: `${names.join(', ')} ${many ? 'do' : 'does'} not compile. \`cargo build\` alone does not build ${many ? 'them' : 'it'}: Hotdeck does, because the server may open ${many ? 'them' : 'it'}.`,
    remedy: `If it does not, leave ${many ? 'them' : 'it'} out, in hotdeck.json: "build": { "arguments": ${JSON.stringify([...kept, ...excluding])} }.`,
    actions: [],
    modules: [],
  };
}

const isNaming = (option: string | undefined, value: string | undefined, names: readonly string[]): boolean =>
  option === '-p' && value !== undefined && names.includes(value);

/** Something that went wrong, and goes on going wrong until somebody does something about it. */
export const noticeOfFailure = ({ kind, message, remedy }: Failure): Unnumbered => ({
  kind: NoticeKindSchema.parse(kind),
  severity: 'warning',
  message,
  remedy,
  actions: [],
  modules: [],
});

/** Something about the workspace as it was read. */
export const noticeOfRemark = (remark: Remark): Unnumbered => ({ actions: [], ...remark, modules: [] });

/** What to tell about a server whose memory maps can't be read. */
export const noticeOfBlindness = ({ kind, code }: Blindness): Unnumbered => ({
  kind: 'blind',
  severity: 'warning',
  message: `The server's memory maps can't be read: ${BLIND[kind]} (${code}). What it has loaded is guessed from its log, and no reload can be proven.`,
  remedy:
    kind === 'refused'
      ? 'Run Hotdeck as the same user as the server, and don’t clear PR_SET_DUMPABLE in the server.'
      : null,
  actions: [],
  modules: [],
});

/** What to tell about libraries that were written to while the server had them mapped. */
export const noticeOfOverwriting = (modules: readonly string[], labels: string): Unnumbered => ({
  kind: 'overwritten',
  severity: 'error',
  message: `${labels}: the file was written to while the server had it mapped. The server now runs part of the old code and part of the new, and may crash at any moment.`,
  remedy:
    'Restart the server. To replace a library that is mapped, write a new file and rename it over the old one, as cargo, mv and install do; cp and cat write into the old one.',
  actions: ['restart'],
  modules: [...modules],
});

/** The notices on screen: one of a kind, the newest last. */
export class Notices {
  #list: Notice[] = [];
  #count = 0;
  readonly #events = new Emitter<{ change: [notices: Notice[]] }>();

  readonly on = this.#events.on;

  add(notice: Unnumbered): void {
    this.#count += 1;
    this.#list = [
      ...this.#list.filter((each) => each.kind !== notice.kind),
      { ...notice, id: `notice-${this.#count}` },
    ];
    this.#events.emit('change', this.#list);
  }

  get list(): readonly Notice[] {
    return this.#list;
  }

  /** Tells a notice otherwise, in its place; null takes it back. */
  replace(id: string, now: Unnumbered | null): void {
    this.#list = this.#list.flatMap((notice) =>
      notice.id !== id ? [notice] : now === null ? [] : [{ ...now, id }],
    );
    this.#events.emit('change', this.#list);
  }

  dismiss(id: string): void {
    this.#keep((notice) => notice.id !== id);
  }

  /** Takes back notices that are no longer so. */
  clear(...kinds: NoticeKind[]): void {
    this.#keep((notice) => !kinds.includes(notice.kind));
  }

  #keep(wanted: (notice: Notice) => boolean): void {
    const kept = this.#list.filter(wanted);
    if (kept.length === this.#list.length) return;
    this.#list = kept;
    this.#events.emit('change', kept);
  }
}
