import { type Image, parseMaps } from './images.ts';
import { familyOf } from './processTree.ts';
import { type Blindness, readMaps } from './readMaps.ts';

/** One process of the server's family, as its maps show it. */
export interface SeenProcess {
  pid: number;
  /** The lowest file and where it lies: after exec(3) it is another one, or lies elsewhere. */
  program: string;
  images: readonly Image[];
}

export type ProcessMaps =
  | {
      kind: 'seen';
      /** Parents before their children. */
      processes: readonly SeenProcess[];
      /** The one that serves: the first that has libraries of the workspace mapped. */
      server: number;
      /** Descendants whose maps can't be read. */
      hidden: readonly number[];
    }
  | { kind: 'blind'; why: Blindness }
  | { kind: 'gone' };

/** How long a glance takes the children's word for what they had mapped, in ms. */
const FAMILY_MS = 100;

/** Reads what a server and its descendants have mapped: it may stand behind a script, and its children hold images too. */
export class ProcMapsReader {
  readonly #root: number;
  readonly #isModule: (image: Image) => boolean;
  #last: ProcessMaps | null = null;
  #lookedAt = 0;
  /** The process that serves, once it was found. */
  #server: number | null = null;
  /** What was read last of each process: mostly it is the same again. */
  #read = new Map<number, { text: string; process: SeenProcess }>();

  /** @param isModule tells images of the workspace's own libraries. */
  constructor(root: number, isModule: (image: Image) => boolean) {
    this.#root = root;
    this.#isModule = isModule;
  }

  /** Looks at the whole family. */
  look(): ProcessMaps {
    this.#lookedAt = performance.now();
    this.#last = this.#lookAtAll();
    return this.#last;
  }

  /**
   * The same for eyes that look every few ms. Only the server itself is read again: its children are forked from it, so
   * they have nothing that it had not, and what they still hold matters once it has let go. They are read when it
   * has moved, and every 100 ms for those that let go later. What could not be read is tried again as often.
   */
  glance(): ProcessMaps {
    const last = this.#last;
    if (last === null || last.kind === 'gone' || performance.now() - this.#lookedAt > FAMILY_MS)
      return this.look();
    if (last.kind === 'blind') return last;
    const known = last.processes.find(({ pid }) => pid === last.server);
    const seen = this.#readProcess(last.server, this.#read);
    return known !== undefined && seen.kind === 'seen' && isSame(seen.process, known) ? last : this.look();
  }

  #lookAtAll(): ProcessMaps {
    const readBefore = this.#read;
    this.#read = new Map();
    const processes: SeenProcess[] = [];
    const hidden: number[] = [];
    let why: Blindness | null = null;
    for (const pid of familyOf(this.#root)) {
      const seen = this.#readProcess(pid, readBefore);
      if (seen.kind === 'seen') processes.push(seen.process);
      else if (seen.kind === 'blind') {
        hidden.push(pid);
        why ??= seen.why;
      } else if (pid === this.#root) return { kind: 'gone' };
    }
    const has = ({ images }: SeenProcess): boolean => images.some((image) => this.#isModule(image));
    // In the midst of a reload it may have none of them.
    const server = processes.find(has) ?? processes.find(({ pid }) => pid === this.#server);
    if (server === undefined && why !== null) return { kind: 'blind', why };
    this.#server = server?.pid ?? null;
    return { kind: 'seen', processes, server: server?.pid ?? this.#root, hidden };
  }

  #readProcess(pid: number, before: ReadonlyMap<number, { text: string; process: SeenProcess }>): Reading {
    const read = readMaps(pid);
    if (read.kind !== 'read') return read;
    const same = before.get(pid);
    const process = same?.text === read.text ? same.process : processIn(read.text, pid);
    this.#read.set(pid, { text: read.text, process });
    return { kind: 'seen', process };
  }
}

function processIn(text: string, pid: number): SeenProcess {
  const images = parseMaps(text, pid);
  const [lowest] = images;
  return { pid, images, program: lowest === undefined ? '' : `${lowest.inode} ${lowest.address}` };
}

type Reading = { kind: 'seen'; process: SeenProcess } | { kind: 'blind'; why: Blindness } | { kind: 'gone' };

const isSame = (a: SeenProcess, b: SeenProcess): boolean =>
  a.program === b.program &&
  a.images.length === b.images.length &&
  a.images.every(({ inode, address, isExecutable }, index) => {
    const other = b.images[index];
    return (
      other !== undefined &&
      inode === other.inode &&
      address === other.address &&
      isExecutable === other.isExecutable
    );
  });
