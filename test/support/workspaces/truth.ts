/** What is so, by witnesses of the test alone: the kernel, the files, and what the server answers. */
import { codeInMemory, codeOfFile } from './mappedCode.ts';

export interface ModuleTruth {
  /** The code of its file now; null: there is none. */
  disk: string | null;
  /** The code of each of its images; with `OVER` and the old code behind it where the file was written to since. */
  mapped: string[];
  /** The version that its file on disk answers with, and the one that the server answers; null where that is not known. */
  version: string | null;
  answer: string | null;
}

export interface Truth {
  /** The server's process still runs, as far as one was ever seen. */
  alive: boolean;
  modules: ReadonlyMap<string, ModuleTruth>;
}

/** Between the two codes of an image whose file was written to while it was mapped: parts of both are in memory. */
const OVER = ' over ';

/** Knows the code of every build of each module that it has seen: an image belongs to the module whose code it has. */
export class Witness {
  readonly #files: ReadonlyMap<string, string>;
  readonly #builds = new Map<string, string>();
  /** The code that a file had when it was first seen mapped, by process and inode. */
  readonly #first = new Map<string, string>();

  /** @param files absolute paths of what cargo makes, by package. */
  constructor(files: ReadonlyMap<string, string>) {
    this.#files = files;
  }

  /** @param pid the server's process; null where none runs. */
  async look(
    pid: number | null,
    versions: ReadonlyMap<string, string>,
    answers: readonly string[] | null,
  ): Promise<Truth> {
    const disk = new Map<string, string | null>();
    for (const [name, file] of this.#files) {
      const code = await codeOfFile(file);
      disk.set(name, code);
      if (code !== null) this.#builds.set(code, name);
    }
    const memory = pid === null ? null : await codeInMemory(pid);
    const answer = new Map(
      (answers ?? []).flatMap((line): [string, string][] => {
        const [name, version] = line.split(' ');
        return name === undefined || version === undefined ? [] : [[name, version]];
      }),
    );
    const modules = [...this.#files.keys()].map((name): [string, ModuleTruth] => [
      name,
      {
        disk: disk.get(name) ?? null,
        mapped: (memory ?? []).flatMap(({ code, inode }) =>
          this.#builds.get(code) === name ? [this.#withFirst(code, `${pid} ${inode}`)] : [],
        ),
        version: versions.get(name) ?? null,
        answer: answer.get(name) ?? null,
      },
    ]);
    return { alive: memory !== null, modules: new Map(modules) };
  }

  #withFirst(code: string, file: string): string {
    const first = this.#first.get(file) ?? code;
    this.#first.set(file, first);
    return first === code ? code : `${code}${OVER}${first}`;
  }
}

/** Where a module's images stand, in words. */
export function whereabouts({ disk, mapped }: ModuleTruth): string {
  if (mapped.length === 0) return disk === null ? 'no file, not mapped' : 'not mapped';
  const others = mapped.filter((code) => code !== disk).length;
  const fresh = mapped.length - others;
  if (disk === null) return 'mapped, no file';
  if (mapped.some((code) => code.includes(OVER))) return 'parts of two builds';
  if (fresh === 0) return others === 1 ? 'another build' : `${others} other builds`;
  return others === 0 ? 'as on disk' : `as on disk, and ${others} other${others === 1 ? '' : 's'}`;
}
