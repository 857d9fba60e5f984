import { plural } from '#shared/count.ts';
/** Whether a server that was started serves, by what can be seen of it. */
import { listeningSockets } from '../../process/listening.ts';
import type { Inventory } from './inventory.ts';
import { fingerprint } from './serverImages.ts';

export interface Signs {
  /** Where it listens; null: nowhere, or that can't be seen. */
  address: string | null;
  /** How many of its modules are mapped, of how many that are on disk. */
  loaded: number;
  modules: number;
  /** ms since its processes or what they have mapped changed last. */
  settledFor: number;
  /** It has a line by which it says that it serves: set, known of its family, or seen at an earlier start. */
  hasLine: boolean;
}

/** A line comes some moments after the socket or the modules. */
const SOCKET_MS = 300;
const MODULES_MS = 1_000;
const NOTHING_MS = 2_000;
/** So much more, where a line is to come. */
const LINE_MS = 3_000;

/** By what it is taken to serve, a sentence; null: it is still starting. The ready line is stronger than all of these. Pure. */
export function witnessOf({ address, loaded, modules, settledFor, hasLine }: Signs): string | null {
  const settled = settledFor - (hasLine ? LINE_MS : 0);
  if (address !== null && settled > SOCKET_MS) return `It listens on ${address}.`;
  if (modules > 0 && loaded === modules && settled > MODULES_MS) return 'Its modules are loaded.';
  if (settled <= NOTHING_MS) return null;
  if (loaded > 0)
    return `Its process runs, and ${loaded} of ${modules} modules ${plural(loaded, 'is', 'are')} loaded; it has shown no other sign.`;
  return 'Its process runs; it has shown no other sign.';
}

type Looked = Pick<Inventory, 'graph' | 'artifacts' | 'images' | 'mapped' | 'blind' | 'processes'>;

/** Looks at a server that starts, until it is taken to serve. */
export class Readiness {
  readonly #inventory: Looked;
  #pid: number | null = null;
  #seen = '';
  #changedAt = 0;

  constructor(inventory: Looked) {
    this.#inventory = inventory;
  }

  /** After a look at its processes. */
  look(pid: number, hasLine: boolean): string | null {
    const { graph, artifacts, images, mapped, blind, processes } = this.#inventory;
    const now = performance.now();
    const seen = `${processes.seen.join()} ${fingerprint(mapped ?? new Map())}`;
    if (this.#pid !== pid || this.#seen !== seen) {
      this.#pid = pid;
      this.#seen = seen;
      this.#changedAt = now;
    }
    const expected = graph.order.filter((name) => artifacts.get(name));
    const pids = processes.seen.length === 0 ? [pid] : processes.seen;
    return witnessOf({
      address: listeningSockets(pids)[0]?.address ?? null,
      // What is guessed is no sign.
      loaded: blind === null ? expected.filter((name) => images?.has(name)).length : 0,
      modules: expected.length,
      settledFor: now - this.#changedAt,
      hasLine,
    });
  }
}
