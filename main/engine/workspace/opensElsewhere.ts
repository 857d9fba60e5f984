import { basename, dirname, relative } from 'node:path';
import { libraryFile } from '../cargo/packages/packages.ts';
import type { PlacedLibrary } from '../cargo/places.ts';
import type { HotModule } from './hotModules.ts';
import type { Remark } from './remark.ts';

export const ELSEWHERE = 'opens-elsewhere';

interface Facts {
  root: string;
  hotModules: readonly HotModule[];
  libraries: readonly PlacedLibrary[];
}

/**
 * Libraries that the program looks for in another folder than cargo puts them into: it runs an old one, or none. One remark
 * for all of them. Pure.
 */
export function opensElsewhere({ root, hotModules, libraries }: Facts): Remark[] {
  for (const { library, file, folders } of hotModules) {
    const built = libraries.find((each) => each.file === libraryFile(library, process.platform));
    if (built === undefined || folders === null) continue;
    const folder = dirname(built.path);
    const looked = basename(folder) === 'release' ? folders.release : folders.debug;
    if (looked.includes(folder)) continue;
    const shown = (path: string): string => {
      const inside = relative(root, path);
      return inside === '' || inside.startsWith('..') ? path : inside;
    };
    return [
      {
        kind: ELSEWHERE,
        severity: 'warning',
        message: `${file} has the program look for ${built.file} in ${shown(looked[0] ?? '')}, and cargo puts it into ${shown(folder)}: the program opens an old library, or none.`,
        remedy: `Set lib_dir = "${folder}" in its #[hot_module(…)], or build into the target folder of the package.`,
      },
    ];
  }
  return [];
}
