import { readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { rustFilesIn } from './rustFiles.ts';

/** A library that a program opens by hot-lib-reloader's macro, as its source says. */
export interface HotModule {
  /** `dylib = "lib"`: the library's name, without `lib` and `.so`. */
  library: string;
  /** The source, relative to the package. */
  file: string;
}

const ATTRIBUTE =
  /#\[\s*(?:cfg_attr\s*\([^[\]]*?,\s*)?(?:hot_lib_reloader\s*::\s*)?hot_module\s*\(([^[\]]*?)\)\s*\)?\s*\]/g;
const DYLIB = /\bdylib\s*=\s*"([^"]+)"/;

/** The libraries that a source opens by `#[hot_module(dylib = "…")]`. Pure. */
export function hotModulesIn(source: string): string[] {
  // A comment may show how it would be done.
  const code = source.replaceAll(/^\s*\/\/.*$/gm, '').replaceAll(/\/\*[\s\S]*?\*\//g, '');
  const found = [...code.matchAll(ATTRIBUTE)].flatMap((each) => DYLIB.exec(each[1] ?? '')?.[1] ?? []);
  return [...new Set(found)];
}

/** Looks through the sources of a package. Never fails: what can't be read names nothing. */
export async function findHotModules(folder: string): Promise<HotModule[]> {
  const found = new Map<string, HotModule>();
  for (const file of await rustFilesIn(join(folder, 'src'))) {
    const text = await readFile(file, 'utf8').catch(() => '');
    for (const library of hotModulesIn(text)) {
      if (!found.has(library)) found.set(library, { library, file: relative(folder, file) });
    }
  }
  return [...found.values()];
}
