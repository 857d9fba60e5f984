import type { Artifact } from '../../process/artifacts.ts';
import type { Image, Mapped } from '../../process/images.ts';
import { runningImage } from '../../process/runningImage.ts';

/** The image that a module runs, or has not let go, and how many older copies are mapped beside it. */
export interface Running {
  image: Image;
  older: number;
}

/** Picks the image that runs of each module. @param isCurrent whether an image holds the code of a file on disk. Pure. */
export function runningImages(
  mapped: Mapped,
  artifacts: ReadonlyMap<string, Artifact | null>,
  isCurrent: (image: Image, artifact: Artifact) => boolean,
): Map<string, Running> {
  const running = new Map<string, Running>();
  for (const [name, [first, ...others]] of mapped) {
    if (first === undefined) continue;
    const artifact = artifacts.get(name) ?? null;
    const { image, older } = runningImage(
      [first, ...others],
      (each) => artifact !== null && isCurrent(each, artifact),
    );
    running.set(name, { image, older: older.length });
  }
  return running;
}
