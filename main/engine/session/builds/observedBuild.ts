import { isAbsolute, relative } from 'node:path';
import type { BuildEvent } from '../../building/buildEvents.ts';
import type { Dirty } from '../../building/why/dirty.ts';

interface Given {
  root: string;
  /** Edited files that it takes in. */
  files: readonly string[];
  /** Packages of which there was no file when it began. */
  unbuilt: ReadonlySet<string>;
}

/** What is seen of a build that tells why packages are compiled. */
export class ObservedBuild {
  readonly files: readonly string[];
  readonly unbuilt: ReadonlySet<string>;
  /** Packages that were compiled. */
  readonly compiled = new Set<string>();
  /** Why cargo says that it compiles a package. */
  readonly dirty = new Map<string, Dirty>();
  readonly #root: string;

  constructor({ root, files, unbuilt }: Given) {
    this.#root = root;
    this.files = files;
    this.unbuilt = unbuilt;
  }

  note(event: BuildEvent): void {
    if (event.kind === 'unit' && event.fresh === false && !event.script) this.compiled.add(event.crate.name);
    else if (event.kind === 'dirty') this.dirty.set(event.package, relativeTo(this.#root, event.dirty));
  }
}

/** The same with a file of the workspace by its path in there. */
function relativeTo(root: string, dirty: Dirty): Dirty {
  const file = dirty.kind === 'dependency' ? null : dirty.cause.file;
  const inside = file !== null && isAbsolute(file) ? relative(root, file) : null;
  const isInside = inside !== null && !inside.startsWith('..') && !isAbsolute(inside);
  return dirty.kind !== 'dependency' && isInside
    ? { ...dirty, cause: { ...dirty.cause, file: inside } }
    : dirty;
}
