import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

/** The files of the product, and for each the files of the product that it imports: paths from the checkout. */
export type ImportGraph = ReadonlyMap<string, ReadonlySet<string>>;

const PRODUCT = ['main', 'renderer', 'preload'];
const SHARED = '#shared/';

/** `import … from`, `export … from`, `import '…'` and `import('…')`; types count like everything else. */
const IMPORT =
  /^[ \t]*(?:import|export)\b[^;'"]*?\bfrom\s*'([^']+)'|^[ \t]*import\s*'([^']+)'|\bimport\(\s*'([^']+)'\s*\)/gm;

/** Reads the imports of all TypeScript files in `main/`, `renderer/` and `preload/`. */
export function readImports(checkout: string): ImportGraph {
  const files = PRODUCT.flatMap((folder) =>
    readdirSync(join(checkout, folder), { recursive: true, encoding: 'utf8' })
      .filter((path) => /\.tsx?$/.test(path))
      .map((path) => join(folder, path)),
  );
  return new Map(
    files.map((file) => [file, importsOf(readFileSync(join(checkout, file), 'utf8'), file, checkout)]),
  );
}

function importsOf(text: string, file: string, checkout: string): ReadonlySet<string> {
  const found = [...text.matchAll(IMPORT)].flatMap(([, from, effect, lazy]) => {
    const path = pathOf(from ?? effect ?? lazy ?? '', file);
    return path !== null && existsSync(join(checkout, path)) ? [path] : [];
  });
  return new Set(found);
}

/** The file that an import names; null where it is no TypeScript file of ours. */
export function pathOf(specifier: string, file: string): string | null {
  if (!/\.tsx?$/.test(specifier)) return null;
  if (specifier.startsWith(SHARED)) return join('preload/shared', specifier.slice(SHARED.length));
  if (!specifier.startsWith('.')) return null;
  return relative('/', resolve('/', dirname(file), specifier));
}
