import type { GraphNode } from '#shared/contract.ts';
import { byName, neededBy } from '../../elf/linkage.ts';
import type { Image } from '../../process/images.ts';
import type { BinaryFile } from '../binaryFile.ts';
import type { HeldImages } from './heldImages.ts';
import { binaryFile, foreignName, nameOf, unknownFile } from './workspaceFiles.ts';

/** A program or library that is mapped. */
export interface Mapped {
  path: string;
  /** What it is in the workspace's graph; null for what comes from elsewhere. */
  node: GraphNode | null;
  file: BinaryFile;
}

const LIBRARY = /\.so(?:\.|$)/;

/**
 * The programs and libraries among the files that a process has mapped.
 * @param nodeOf the node of the graph that an image is one of; null for what comes from elsewhere.
 */
export async function readMapped(
  images: readonly Image[],
  held: HeldImages,
  nodeOf: (image: Image) => GraphNode | null,
): Promise<Mapped[]> {
  const read = await Promise.all(
    images.map(async (image): Promise<Mapped[]> => {
      const { path } = image;
      const node = nodeOf(image);
      const name = node === null ? foreignName(path) : nameOf(node);
      const found = await held.read(image);
      if (found.kind === 'read' && found.reading.ok) {
        return [{ path, node, file: binaryFile(name, path, found.reading.binary) }];
      }
      // A data file, or one that can't have been mapped as a library, has no say in anything.
      if (found.kind === 'data' || (node === null && !LIBRARY.test(path))) return [];
      return [{ path, node, file: unknownFile(name, path) }];
    }),
  );
  return read.flat();
}

export interface Sorted {
  unloading: Mapped[];
  /** What stays whatever is unloaded, and what nobody knows the owner of. */
  staying: Mapped[];
  /** Mapped only because a module that goes needs it, so it goes along and comes back from the disk. */
  along: Mapped[];
}

/** Tells what goes from what stays. @param isModule of those that the server opens itself. */
export function sortMapped(
  mapped: readonly Mapped[],
  unload: ReadonlySet<string>,
  isModule: (name: string) => boolean,
): Sorted {
  const goes = ({ node }: Mapped): boolean => node !== null && unload.has(node.name);
  const unloading = mapped.filter(goes);
  const others = mapped.filter((each) => !goes(each));
  const known = byName(mapped.map((each) => each.file));
  const reached = (from: readonly Mapped[]): Set<BinaryFile> =>
    new Set(from.flatMap(({ file }) => [file, ...neededBy(file, known)]));
  const fixed = reached(
    others.filter(
      ({ node, file }) =>
        file.noDelete || (node !== null && (node.role === 'executable' || isModule(node.name))),
    ),
  );
  const leaving = reached(unloading);
  const along = others.filter(({ file }) => leaving.has(file) && !fixed.has(file));
  return { unloading, along, staying: others.filter((each) => !along.includes(each)) };
}
