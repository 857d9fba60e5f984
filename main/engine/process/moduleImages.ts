import { closeSync, fstatSync } from 'node:fs';
import { type Attribution, attribute, type ImageFacts, type ModuleFile } from './attribution.ts';
import type { CodeCache } from './codeCache.ts';
import { type Code, type CodeHead, readCodeHead } from './codeIdentity.ts';
import { type FileStamp, mayDiffer, stampOf } from './fileStamp.ts';
import { openImage } from './imageFile.ts';
import type { Image, Mapped } from './images.ts';
import type { KnownBuilds } from './knownBuilds.ts';
import { readMemoryImage } from './memoryCode.ts';

/** What is known of a file that is mapped. */
interface Entry {
  image: Image;
  /** Held open while it is mapped: so no other file gets its inode, and it can be read after it was deleted. */
  open: { fd: number; stamp: FileStamp } | null;
  head: CodeHead | null;
  /** Of its code when it was first seen: `Code.id`. Null where that is not known, or not yet. */
  code: string | null;
  own: string | null;
  codeFrom: ImageFacts['codeFrom'];
  attribution: Attribution | null;
  order: number;
  isOverwritten: boolean;
  reading: Promise<void> | null;
}

interface Process {
  images: readonly Image[];
}

/** Devices, shared memory of System V and other mappings that are no files. In /dev/shm a build may have its target directory. */
const NO_FILE = /^\/(dev\/(?!shm\/)|SYSV|\[|anon_hugepage)/;

/**
 * Tells which of the files that processes have mapped are images of a workspace's modules, and what code they hold. A look
 * costs hardly anything where nothing is new: each file is opened once, and read once if it is a module's.
 */
export class ModuleImages {
  readonly #cache: CodeCache;
  readonly #builds: KnownBuilds;
  readonly #onKnown: () => void;
  #files: readonly ModuleFile[] = [];
  #entries = new Map<string, Entry>();
  #count = 0;
  #isClosed = false;
  /** What was told last, and of what: mostly it is asked for the same again. */
  #last: { processes: readonly Process[]; mapped: Mapped } | null = null;

  /** @param onKnown more is known of an image than at the last look. */
  constructor(cache: CodeCache, builds: KnownBuilds, onKnown: () => void) {
    this.#cache = cache;
    this.#builds = builds;
    this.#onKnown = onKnown;
  }

  /** The workspace's files are these now. */
  redefine(files: readonly ModuleFile[]): void {
    this.#files = files;
    for (const entry of this.#entries.values()) this.#attribute(entry);
  }

  /** The images of each module among what processes have mapped, in their order. */
  among(processes: readonly Process[]): Mapped {
    if (this.#last?.processes === processes) return this.#last.mapped;
    this.#count += 1;
    const before = this.#entries;
    this.#entries = new Map();
    const mapped = new Map<string, Image[]>();
    for (const { images } of processes) {
      for (const image of images) {
        if (NO_FILE.test(image.path)) continue;
        const key = keyOf(image);
        const entry = this.#entries.get(key) ?? this.#take(before.get(key), image);
        this.#entries.set(key, entry);
        if (entry.attribution === null) continue;
        const told = toldOf(entry, image);
        const others = mapped.get(entry.attribution.name);
        if (others === undefined) mapped.set(entry.attribution.name, [told]);
        else others.push(told);
      }
    }
    for (const [key, entry] of before) if (this.#entries.get(key) !== entry) letGo(entry);
    this.#last = { processes, mapped };
    return mapped;
  }

  /** Whether an image is one of a module's library. */
  isModule(image: Image): boolean {
    if (NO_FILE.test(image.path)) return false;
    const key = keyOf(image);
    const entry = this.#entries.get(key) ?? this.#add(image);
    this.#entries.set(key, entry);
    const name = entry.attribution?.name;
    return this.#files.some((file) => file.name === name && !file.isProgram);
  }

  /** Resolves when all is known of these images that can be. */
  async know(images: readonly Image[]): Promise<void> {
    await Promise.all(images.map((image) => this.#entries.get(keyOf(image))?.reading));
  }

  /** Tells again which module's each image is: more builds are known than before. */
  reconsider(): void {
    for (const entry of this.#entries.values()) {
      this.#attribute(entry);
      const isUnread = entry.head !== null && entry.open === null && entry.code === null;
      if (isUnread && entry.reading === null) this.#look(entry);
    }
  }

  /** Modules whose files were written to since they were mapped, by a look at each file. */
  async writtenTo(): Promise<string[]> {
    const entries = [...this.#entries.values()];
    for (const entry of entries) if (entry.open !== null) this.#checkWritten(entry, entry.open);
    await Promise.all(entries.map(({ reading }) => reading));
    return entries.flatMap(({ isOverwritten, attribution }) =>
      isOverwritten && attribution !== null ? [attribution.name] : [],
    );
  }

  /** Nothing is mapped any more. */
  forget(): void {
    for (const entry of this.#entries.values()) letGo(entry);
    this.#entries.clear();
    this.#last = null;
  }

  close(): void {
    this.#isClosed = true;
    this.forget();
  }

  #take(known: Entry | undefined, image: Image): Entry {
    if (known === undefined) return this.#add(image);
    if (known.image.path !== image.path || known.image.isExecutable !== image.isExecutable) {
      known.image = image;
      // Half a library may be mapped when it is first seen.
      if (known.head === null) this.#look(known);
      this.#attribute(known);
    }
    if (known.open !== null) this.#checkWritten(known, known.open);
    return known;
  }

  #add(image: Image): Entry {
    const entry: Entry = {
      image,
      open: null,
      head: null,
      code: null,
      own: null,
      codeFrom: 'content',
      attribution: null,
      order: this.#count,
      isOverwritten: false,
      reading: null,
    };
    this.#attribute(entry);
    this.#look(entry);
    return entry;
  }

  /** Looks at the file of an image, if it may be one of a module. */
  #look(entry: Entry): void {
    const { image } = entry;
    if (image.isExecutable !== true && entry.attribution === null) return;
    const open = openImage(image);
    if (open === null) {
      this.#lookInMemory(entry);
      return;
    }
    entry.head = headOf(open);
    this.#attribute(entry);
    const { head } = entry;
    const isModules =
      entry.attribution !== null || (head !== null && this.#builds.withHead(head.head).length > 0);
    if (head === null || !isModules) {
      closeSync(open.fd);
      return;
    }
    entry.open = open;
    const known = this.#cache.recall(open.stamp);
    if (known !== undefined) {
      this.#know(entry, known);
      return;
    }
    if (head.layout.buildId !== null) {
      this.#know(entry, { id: `build-id:${head.head}`, own: null });
      if (head.header.kind !== 'executable') return;
    }
    entry.reading = this.#read(entry, open);
  }

  /** Its file is out of reach. */
  #lookInMemory(entry: Entry): void {
    const memory = readMemoryImage(entry.image);
    if (memory === null) return;
    entry.head = memory.head;
    this.#attribute(entry);
    const { head, layout } = memory.head;
    if (layout.buildId !== null) {
      this.#know(entry, { id: `build-id:${head}`, own: null });
      return;
    }
    if (entry.attribution === null && this.#builds.withHead(head).length === 0) return;
    entry.codeFrom = 'memory';
    entry.reading = memory.readOnly().then((readOnly) => {
      entry.reading = null;
      const [found] = readOnly === null ? [] : this.#builds.withReadOnly(readOnly).reverse();
      if (found !== undefined) this.#know(entry, found.build);
      this.#tell();
    });
  }

  async #read(entry: Entry, { fd, stamp }: NonNullable<Entry['open']>): Promise<void> {
    const code = await this.#cache.read(fd, stamp);
    entry.reading = null;
    if (code !== null) this.#know(entry, code);
    if (!this.#isHeld(entry)) letGo(entry);
    this.#tell();
  }

  /** A file that was written to is another one; the process has it mapped all the same. */
  #checkWritten(entry: Entry, open: NonNullable<Entry['open']>): void {
    if (entry.reading !== null) return;
    const now = stampOf(fstatSync(open.fd, { bigint: true }));
    if (!mayDiffer(open.stamp, now)) return;
    const headBefore = entry.head;
    open.stamp = now;
    entry.reading = this.#cache.read(open.fd, now).then((code) => {
      entry.reading = null;
      if (entry.attribution?.copy != null) {
        // A server that makes its copy under the same name each time.
        entry.head = headOf(open);
        this.#know(entry, code);
      } else if (entry.code !== null) entry.isOverwritten = code?.id !== entry.code;
      else entry.isOverwritten = code?.head !== headBefore?.head;
      if (!this.#isHeld(entry)) letGo(entry);
      this.#tell();
    });
  }

  #know(entry: Entry, code: Pick<Code, 'id' | 'own'> | null): void {
    entry.code = code?.id ?? null;
    entry.own = code?.own ?? null;
    this.#attribute(entry);
  }

  #attribute(entry: Entry): void {
    const { head, code, codeFrom } = entry;
    const sameCode = code === null ? [] : this.#builds.withCode(code);
    entry.attribution = attribute(
      entry.image,
      { soname: head?.soname ?? null, sameCode, codeFrom },
      this.#files,
    );
    this.#last = null;
  }

  #isHeld = (entry: Entry): boolean => this.#entries.get(keyOf(entry.image)) === entry;

  #tell(): void {
    this.#last = null;
    if (!this.#isClosed) this.#onKnown();
  }
}

const keyOf = ({ device, inode }: Image): string => `${device} ${inode}`;

function headOf({ fd, stamp }: { fd: number; stamp: FileStamp }): CodeHead | null {
  try {
    return readCodeHead(fd, Number(stamp.size));
  } catch {
    // The disk does not give it.
    return null;
  }
}

/** Closes its file, unless that is being read: who reads it closes it then. */
function letGo(entry: Entry): void {
  if (entry.open === null || entry.reading !== null) return;
  closeSync(entry.open.fd);
  entry.open = null;
}

function toldOf({ attribution, code, own, head, open, order, isOverwritten }: Entry, image: Image): Image {
  if (attribution === null) return image;
  const { witness, copy } = attribution;
  return {
    ...image,
    code,
    own,
    head: head?.head ?? null,
    witness,
    order,
    ...(open === null ? {} : { writtenAt: Number(open.stamp.ctimeNs) / 1e6 }),
    ...(copy === null ? {} : { copy }),
    ...(isOverwritten ? { isOverwritten } : {}),
  };
}
