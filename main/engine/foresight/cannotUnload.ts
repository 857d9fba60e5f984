import { list } from '#shared/list.ts';
import { byName, neededBy } from '../elf/linkage.ts';
import type { BinaryFile, LoadingFile, StayingFile } from './binaryFile.ts';
import type { Finding } from './finding.ts';

/**
 * Modules that won't leave the process: NODELETE, held by something that stays, or (perhaps) by a unique symbol.
 * @param unloading the images that the reload is to remove.
 * @param loading the files to be loaded: NODELETE ones among them will be stuck the next time.
 */
export function cannotUnload(
  unloading: readonly BinaryFile[],
  staying: readonly StayingFile[],
  loading: readonly LoadingFile[],
): Finding[] {
  const images = byName<BinaryFile>([...unloading, ...staying]);
  const holders: Holder[] = [
    ...unloading.filter((file) => file.noDelete).map((file) => holderOf(file, images, false)),
    ...staying.map((file) => holderOf(file, images, file.role === 'module')),
  ];
  const now = unloading.flatMap((file): Finding[] => {
    if (file.noDelete) {
      const why = 'it is linked NODELETE, so its old code stays until the server ends.';
      return [finding(file, 'blocking', `${file.label} can't be unloaded: ${why}`, 'restart')];
    }
    const holding = holders.filter(({ holds }) => holds.has(file));
    if (holding.length > 0) return [heldFinding(file, holding)];
    if (file.symbols?.hasUnique) {
      const why = 'it has unique symbols (C++), and a library whose unique symbols were used stays.';
      return [finding(file, 'warning', `${file.label} may not unload: ${why}`, 'restart')];
    }
    return [];
  });
  const said = new Set(now.map((each) => each.module));
  const later = loading.filter((file) => file.role === 'module' && file.noDelete && !said.has(file.module));
  return [
    ...now,
    ...later.map((file) => {
      const message = `Once loaded, ${file.label} stays until the server ends: it is linked NODELETE.`;
      return finding(file, 'warning', message, 'restart');
    }),
  ];
}

interface Holder {
  label: string;
  noDelete: boolean;
  /** It stays only because this reload passes it over. */
  isMovable: boolean;
  holds: ReadonlySet<BinaryFile>;
}

const holderOf = (file: BinaryFile, images: ReadonlyMap<string, BinaryFile>, isModule: boolean): Holder => ({
  label: file.label,
  noDelete: file.noDelete,
  isMovable: isModule && !file.noDelete,
  holds: neededBy(file, images),
});

function heldFinding(file: BinaryFile, holding: readonly Holder[]): Finding {
  const fixed = holding.filter((holder) => holder.noDelete);
  const named = fixed.length > 0 ? fixed : holding;
  const names = list(named.map((holder) => holder.label));
  const one = named.length === 1;
  const why =
    fixed.length > 0
      ? `${names}, linked NODELETE, ${one ? 'needs' : 'need'} it.`
      : `${names} ${one ? 'stays and needs' : 'stay and need'} it.`;
  const remedy = holding.every((holder) => holder.isMovable) ? 'reload-all' : 'restart';
  return finding(file, 'blocking', `${file.label} can't be unloaded: ${why}`, remedy);
}

const finding = (
  file: BinaryFile,
  severity: Finding['severity'],
  message: string,
  remedy: Finding['remedy'],
): Finding => ({ kind: 'cannot-unload', severity, module: file.module, message, remedy, details: [] });
