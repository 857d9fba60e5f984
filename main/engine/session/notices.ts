import type { ModuleGraph, Notice } from '../../../preload/contract.ts';
import { checkOrder } from '../graph/order.ts';
import type { ServerEnd } from '../process/serverControl.ts';

export type Unnumbered = Omit<Notice, 'id'>;

const ADDRESS_IN_USE = /address already in use|EADDRINUSE|os error 98/i;
const MISSING_LIBRARY = /error while loading shared libraries: ([^:]+): /;
const UNDEFINED_SYMBOL = /symbol lookup error: .*undefined symbol: (\S+)/;

/** What to tell about a server that ended without being asked to. Null where there is nothing to tell. */
export function noticeOfEnd(end: ServerEnd): Unnumbered | null {
  if (!end.crashed) return null;
  const how = end.signal === null ? `exit code ${end.code}` : end.signal;
  const text = end.tail.join('\n');
  const base = { severity: 'error', actions: ['start'], modules: [] } satisfies Partial<Unnumbered>;
  if (ADDRESS_IN_USE.test(text)) {
    return {
      ...base,
      kind: 'port-in-use',
      message: `The server could not listen: its address is already in use (${how}).`,
      remedy:
        'End the other program that listens there (often an older run of the same server), then start again.',
    };
  }
  const library = text.match(MISSING_LIBRARY)?.[1];
  if (library !== undefined) {
    return {
      ...base,
      kind: 'missing-library',
      message: `The server was not started: the linker did not find ${library} (${how}).`,
      remedy: 'Build again: the library was made by another toolchain, or it was deleted.',
      actions: ['build', 'start'],
    };
  }
  const symbol = text.match(UNDEFINED_SYMBOL)?.[1];
  if (symbol !== undefined) {
    return {
      ...base,
      kind: 'undefined-symbol',
      message: `The server died of an undefined symbol: ${symbol} (${how}).`,
      remedy:
        'New modules met an older pinned library. Start the server: it then takes everything from the disk.',
    };
  }
  const last = end.tail.filter((line) => line.trim() !== '').slice(-3);
  return {
    ...base,
    kind: end.atStart ? 'died-at-start' : 'crashed',
    message: `The server ${end.atStart ? 'ended while it was starting' : 'crashed'} (${how}).${last.length === 0 ? '' : `\n${last.join('\n')}`}`,
    remedy: 'Its last lines are in the Server tab.',
  };
}

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

/** The notices on screen: one of a kind, the newest last. */
export class Notices {
  #list: Notice[] = [];
  #count = 0;
  readonly #onChange: (notices: Notice[]) => void;

  constructor(onChange: (notices: Notice[]) => void) {
    this.#onChange = onChange;
  }

  add(notice: Unnumbered): void {
    this.#count += 1;
    this.#list = [
      ...this.#list.filter((each) => each.kind !== notice.kind),
      { ...notice, id: `notice-${this.#count}` },
    ];
    this.#onChange(this.#list);
  }

  dismiss(id: string): void {
    this.#keep((notice) => notice.id !== id);
  }

  /** Takes back notices that are no longer so. */
  clear(...kinds: string[]): void {
    this.#keep((notice) => !kinds.includes(notice.kind));
  }

  #keep(wanted: (notice: Notice) => boolean): void {
    const kept = this.#list.filter(wanted);
    if (kept.length === this.#list.length) return;
    this.#list = kept;
    this.#onChange(kept);
  }
}
