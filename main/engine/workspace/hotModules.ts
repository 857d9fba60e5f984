import { readFile, realpath } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { withoutComments } from './rustCode.ts';
import { rustFilesIn } from './rustFiles.ts';

/**
 * Where hot-lib-reloader's macro has a program look for a library. `default`: `target/debug` or `target/release` below its own
 * package; `package` and `cwd`: a path from its package, or from the folder that it is started in; `unknown`: what stands
 * there is worked out by the compiler.
 */
export type LibraryFolder = { from: 'default' | 'unknown' } | { from: 'package' | 'cwd'; path: string };

/** A library that a source opens by the macro. */
interface Opened {
  /** `dylib = "lib"`: the library's name, without `lib` and `.so`. */
  library: string;
  folder: LibraryFolder;
}

/** A library that a program opens by hot-lib-reloader's macro, as its source says. */
export interface HotModule {
  library: string;
  /** The source, relative to the package. */
  file: string;
  /** Where it is looked for: absolute folders that are the same; null where the source does not tell. */
  folders: { debug: readonly string[]; release: readonly string[] } | null;
}

const ATTRIBUTE =
  /#\[\s*(?:cfg_attr\s*\([^[\]]*?,\s*)?(?:hot_lib_reloader\s*::\s*)?hot_module\s*\(([^[\]]*?)\)\s*\)?\s*\]/g;
const DYLIB = /\bdylib\s*=\s*"([^"]+)"/;
const FOLDER = /\blib_dir\s*=\s*/;
const FROM_CWD = /\blib_dir\s*=\s*"([^"]+)"/;
const FROM_PACKAGE = /\blib_dir\s*=\s*concat!\s*\(\s*env!\s*\(\s*"CARGO_MANIFEST_DIR"\s*\)\s*,\s*"([^"]+)"/;

/** The libraries that a source opens by `#[hot_module(dylib = "…")]`, each once. Pure. */
export function hotModulesIn(source: string): Opened[] {
  // A comment may show how it would be done.
  const code = withoutComments(source);
  const found = new Map<string, Opened>();
  for (const [, options = ''] of code.matchAll(ATTRIBUTE)) {
    const library = DYLIB.exec(options)?.[1];
    if (library !== undefined && !found.has(library)) {
      found.set(library, { library, folder: folderIn(options) });
    }
  }
  return [...found.values()];
}

function folderIn(options: string): LibraryFolder {
  if (!FOLDER.test(options)) return { from: 'default' };
  const ofPackage = FROM_PACKAGE.exec(options)?.[1];
  if (ofPackage !== undefined) return { from: 'package', path: ofPackage };
  const path = FROM_CWD.exec(options)?.[1];
  return path === undefined ? { from: 'unknown' } : { from: 'cwd', path };
}

/**
 * Looks through the sources of a package. Never fails: what can't be read names nothing.
 * @param folder the package's, absolute. @param cwd where the program is started.
 */
export async function findHotModules(folder: string, cwd: string): Promise<HotModule[]> {
  const found = new Map<string, HotModule>();
  for (const source of await rustFilesIn(join(folder, 'src'))) {
    const text = await readFile(source, 'utf8').catch(() => '');
    for (const { library, folder: where } of hotModulesIn(text)) {
      if (found.has(library)) continue;
      const folders = await foldersOf(where, folder, cwd);
      found.set(library, { library, file: relative(folder, source), folders });
    }
  }
  return [...found.values()];
}

async function foldersOf(where: LibraryFolder, folder: string, cwd: string): Promise<HotModule['folders']> {
  switch (where.from) {
    case 'unknown':
      return null;
    case 'default':
      return {
        debug: await bothNames(join(folder, 'target/debug')),
        release: await bothNames(join(folder, 'target/release')),
      };
    case 'package':
    case 'cwd': {
      const path =
        where.path.startsWith('/') && where.from === 'cwd'
          ? where.path
          : join(where.from === 'cwd' ? cwd : folder, where.path);
      const names = await bothNames(path);
      return { debug: names, release: names };
    }
  }
}

/** A folder as it is called, and without links where it is there. */
async function bothNames(path: string): Promise<string[]> {
  const real = await realpath(path).catch(() => path);
  return [...new Set([path, real])];
}
