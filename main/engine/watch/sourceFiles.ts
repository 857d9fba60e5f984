import { readFileSync } from 'node:fs';
import { basename, dirname, join, relative, sep } from 'node:path';
import ignore, { type Ignore } from 'ignore';

const NEVER = new Set(['.git', '.hg', '.jj', '.svn', 'node_modules', '.direnv']);

/**
 * Which paths of a workspace are worth watching: not the target folder, not version control, nothing that a
 * .gitignore on the way leaves out. Reads each .gitignore once.
 */
export class IgnoreRules {
  readonly #root: string;
  /** Folders that cargo makes things in, also those of settings that were in force before. */
  readonly #made = new Set<string>();
  readonly #madeNow: () => readonly string[];
  readonly #rules = new Map<string, Ignore | null>();

  constructor(root: string, made: () => readonly string[]) {
    this.#root = root;
    this.#madeNow = made;
  }

  ignores(path: string, directory: boolean): boolean {
    if (path === this.#root) return false;
    for (const folder of this.#madeNow()) {
      // Where cargo writes among the sources, or above them, they are sources all the same.
      if (!`${this.#root}${sep}`.startsWith(folder + sep)) this.#made.add(folder);
    }
    for (const folder of this.#made) if (path === folder || path.startsWith(folder + sep)) return true;
    if (NEVER.has(basename(path))) return true;
    for (let folder = dirname(path); folder.startsWith(this.#root); folder = dirname(folder)) {
      const inside = relative(folder, path).split(sep).join('/');
      if (this.#rulesOf(folder)?.ignores(directory ? `${inside}/` : inside)) return true;
      if (folder === this.#root) break;
    }
    return false;
  }

  #rulesOf(folder: string): Ignore | null {
    const known = this.#rules.get(folder);
    if (known !== undefined) return known;
    let rules: Ignore | null = null;
    try {
      rules = ignore().add(readFileSync(join(folder, '.gitignore'), 'utf8'));
    } catch {
      // Most folders have none.
    }
    this.#rules.set(folder, rules);
    return rules;
  }
}

// Vim's write test, Emacs' locks, and the files editors write beside the one they replace.
const EDITOR_FILE = /(^\.#|^#.*#$|~$|\.sw[a-z]$|^4913$|\.tmp$|\.bak$)/;

/**
 * Can this file change what cargo builds? Sources and manifests can anywhere; other files (templates, SQL, texts
 * that sources include) only inside a package's `src`: servers write data and logs into their folders as well.
 * @param path relative to the workspace, with the platform's separators.
 */
export function isSource(path: string): boolean {
  const parts = path.split(sep);
  const name = parts.at(-1) ?? '';
  if (EDITOR_FILE.test(name)) return false;
  return name.endsWith('.rs') || name.endsWith('.toml') || name === 'Cargo.lock' || parts.includes('src');
}

const DEFINITIONS = new Set(['Cargo.toml', 'hotdeck.json', 'rust-toolchain.toml', 'rust-toolchain']);

/** Files that say what the workspace is, and where and with what it is built: after a change of one it is read again. */
export const isDefinition = (path: string): boolean =>
  DEFINITIONS.has(basename(path)) || /(^|[/\\])\.cargo[/\\]config(\.toml)?$/.test(path);
