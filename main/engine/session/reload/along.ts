import { basename } from 'node:path';
import type { Image, Mapped } from '../../process/images.ts';

/** What a look shows of libraries that may go along with a module. */
export interface AlongView {
  mapped: Mapped;
  libraries: readonly Image[];
}

/** Where a library is mapped: which file, in which process, at which address. */
export type Places = ReadonlyMap<string, ReadonlySet<string>>;

/** Where these are mapped, by package or file name; those that are not mapped are left out. Pure. */
export function placesOf(names: readonly string[], { mapped, libraries }: AlongView): Places {
  return new Map(
    names.flatMap((name) => {
      const images = mapped.get(name) ?? libraries.filter(({ path }) => basename(path) === name);
      return images.length === 0 ? [] : [[name, new Set(images.map(placeOf))] as const];
    }),
  );
}

/** Those that are no more where they were: they went, or went and came back. Pure. */
export const departed = (before: Places, now: Places): string[] =>
  [...before].flatMap(([name, then]) =>
    [...(now.get(name) ?? [])].some((place) => then.has(place)) ? [] : [name],
  );

const placeOf = ({ pid, device, inode, address }: Image): string => `${pid} ${device} ${inode} ${address}`;
