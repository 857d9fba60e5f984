import { dirname } from 'node:path';
import type { Image } from './images.ts';

/** Of several images of a module: the one that runs. */
export interface Running {
  image: Image;
  /** Older copies beside it: a server may close them late, or never. */
  older: Image[];
}

/**
 * Which image of a module is the one to report. A server opens one copy after the other, so the newest copy of a process
 * is what it calls; an image that is no copy has to go before a new one can come, so an old one is the news. Pure.
 * @param images at least one.
 * @param isCurrent whether an image holds the code that is on disk.
 */
export function runningImage(
  images: readonly [Image, ...Image[]],
  isCurrent: (image: Image) => boolean,
): Running {
  const telling = withoutOlderCopies(images);
  return {
    image: telling.find((image) => !isCurrent(image)) ?? telling[0] ?? images[0],
    older: images.filter((image) => !telling.includes(image)),
  };
}

/** Of each process the newest copy alone, and all images that are no copies. Pure. */
export function withoutOlderCopies(images: readonly Image[]): Image[] {
  const newest = new Map<number, Image>();
  for (const image of images) {
    const known = newest.get(image.pid);
    if (image.copy !== undefined && (known === undefined || byAge(known, image) < 0)) {
      newest.set(image.pid, image);
    }
  }
  return images.filter((image) => image.copy === undefined || newest.get(image.pid) === image);
}

/** Below 0 where `a` was opened before `b`: by their numbers, else by when they were first seen, else by their files. Pure. */
function byAge(a: Image, b: Image): number {
  const [one, other] = [a.copy?.number ?? null, b.copy?.number ?? null];
  if (one !== null && other !== null && one !== other && dirname(a.path) === dirname(b.path)) {
    return one - other;
  }
  return (a.order ?? 0) - (b.order ?? 0) || (a.writtenAt ?? 0) - (b.writtenAt ?? 0);
}
