import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { type Failure, type KindChoice, KindChoiceSchema } from '#shared/contract.ts';
import { saveFile } from '../../files/saveFile.ts';
import { codeOf, failed, messageOf, type Result, success } from '../result.ts';
import { workspaceId } from './workspaceId.ts';

/** What is remembered for a workspace, outside of it. */
export interface SetupChoices {
  /** A rustup toolchain, instead of the one that rustup would take. */
  toolchain: string | null;
  /** Who chose it: what a setup chose goes with the setup. */
  toolchainFrom: 'user' | 'set-up';
  /** The linker to ask the compiler driver for (`-fuse-ld=`), instead of its own choice. */
  linker: string | null;
  /** Linkers that linked this workspace once. */
  worked: string[];
  /** What cargo gets on its command line, on the way `flags`. */
  flags: string[];
  /** What the workspace is taken for instead of what was detected. */
  kind: KindChoice | null;
  /** The program that is run, and the features that were turned on for it, as `--features` takes them. */
  program: { package: string; binary: string; features: string[] } | null;
  /** Members that failed in a build which `cargo build` alone would not have built them in; `stamp`: of their files then. */
  leftOut: { package: string; stamp: string; said: string }[];
}

const CHOICES_FILE = 'choices.json';

const ChoicesSchema = z.object({
  toolchain: z.string().min(1).nullable(),
  toolchainFrom: z.enum(['user', 'set-up']),
  linker: z.string().min(1).nullable(),
  worked: z.array(z.string()),
  flags: z.array(z.string()),
  kind: KindChoiceSchema.nullable().default(null),
  program: z
    .object({ package: z.string().min(1), binary: z.string().min(1), features: z.array(z.string().min(1)) })
    .nullable()
    .default(null),
  leftOut: z.array(z.object({ package: z.string().min(1), stamp: z.string(), said: z.string() })).default([]),
}) satisfies z.ZodType<SetupChoices>;

export const NO_CHOICES: SetupChoices = {
  toolchain: null,
  toolchainFrom: 'user',
  linker: null,
  worked: [],
  flags: [],
  kind: null,
  program: null,
  leftOut: [],
};

/** The folder for what is kept of a workspace's setup: its choices, and the journal of what was changed in it. */
export const setupFolder = (data: string, root: string): string => join(data, 'setup', workspaceId(root));

/** What is remembered for a workspace, in memory and in its file. A broken file counts as none, and is replaced. */
export class Choices {
  readonly #folder: string | null;
  #current: SetupChoices;
  /** Why the file could not be read; null where it could, or there is none. */
  readonly broken: Failure | null;

  private constructor(folder: string | null, current: SetupChoices, broken: Failure | null) {
    this.#folder = folder;
    this.#current = current;
    this.broken = broken;
  }

  /** @param folder see setupFolder; null to remember nothing beyond this run. */
  static async load(folder: string | null): Promise<Choices> {
    if (folder === null) return new Choices(null, NO_CHOICES, null);
    const read = await readChoices(join(folder, CHOICES_FILE));
    return read.ok ? new Choices(folder, read.value, null) : new Choices(folder, NO_CHOICES, read.failure);
  }

  get current(): SetupChoices {
    return this.#current;
  }

  /** Takes new values, and writes them down. They count from now on even where they can't be written. */
  async change(part: Partial<SetupChoices>): Promise<Result<null>> {
    this.#current = { ...this.#current, ...part };
    if (this.#folder === null) return success(null);
    try {
      const file = join(this.#folder, CHOICES_FILE);
      await saveFile(file, `${JSON.stringify(this.#current, null, 2)}\n`, { makeFolder: true });
      return success(null);
    } catch (error) {
      return failed(
        'choices-unwritable',
        `The choices for this workspace can't be saved: ${messageOf(error)}.`,
        'They apply until the workspace is closed.',
      );
    }
  }
}

async function readChoices(file: string): Promise<Result<SetupChoices>> {
  const remedy = 'The defaults apply; the next choice replaces the file.';
  try {
    const parsed = ChoicesSchema.safeParse(JSON.parse(await readFile(file, 'utf8')));
    if (parsed.success) return success(parsed.data);
    const issue = parsed.error.issues[0];
    const where = issue?.path.join('.') || 'the file';
    return failed(
      'broken-choices',
      `The choices for this workspace can't be read: ${where}: ${issue?.message}.`,
      remedy,
    );
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return success(NO_CHOICES);
    return failed(
      'broken-choices',
      `The choices for this workspace can't be read: ${messageOf(error)}.`,
      remedy,
    );
  }
}
