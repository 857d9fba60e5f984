import type { LastReload, ModuleStatus, StuckImage } from '#shared/contract.ts';

/** Whether the kernel says of this very image that its file has been deleted. False where that is not known. */
export function hasGoneFromDisk(image: StuckImage, modules: Readonly<Record<string, ModuleStatus>>): boolean {
  const mapped = modules[image.module]?.image;
  return mapped?.deleted === true && mapped.inode === image.inode;
}

/** Modules that stayed and of which it is not known where. */
export function unplaced({ stayed, stuck }: Pick<LastReload, 'stayed' | 'stuck'>): string[] {
  return stayed.filter((module) => !stuck.some((image) => image.module === module));
}
