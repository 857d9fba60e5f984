import type { LastReload, ModuleStatus, StuckImage } from '#shared/contract.ts';

/**
 * Tells whether the kernel says of this very image that its file has been deleted. False where that is not known.
 */
export function hasGoneFromDisk(image: StuckImage, modules: Readonly<Record<string, ModuleStatus>>): boolean {
  const mapped = modules[image.module]?.image;
  return mapped?.deleted === true && mapped.inode === image.inode;
}

/** Returns the modules that stayed without a known place in memory. */
export function unplaced({ stayed, stuck }: Pick<LastReload, 'stayed' | 'stuck'>): string[] {
  return stayed.filter((module) => !stuck.some((image) => image.module === module));
}
