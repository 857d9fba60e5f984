import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { z } from 'zod';
import { type Cause, causeOf } from '../../building/why/cause.ts';
import type { BuildInputs } from '../../building/why/inputsFile.ts';
import type { Environment } from '../../environment.ts';
import type { Places } from '../places.ts';

/**
 * What all packages are built with: when some of it changes, cargo builds everything again in another place, where it has nothing
 * to compare with, and says nothing. Texts are kept as hashes where they may be long.
 */
const InputsSchema = z.object({
  /** Variables that hold flags for rustc, and other ones that cargo's configuration may come from. */
  flags: z.record(z.string(), z.string()),
  variables: z.record(z.string(), z.string()),
  arguments: z.string(),
  /** cargo's configuration files by path. */
  config: z.record(z.string(), z.string()),
  lock: z.string().nullable(),
  /** What rustc said of its version to the last cargo. */
  toolchain: z.string().nullable(),
});
type Inputs = z.infer<typeof InputsSchema>;

const FLAGS = /^(?:RUSTFLAGS|CARGO_ENCODED_RUSTFLAGS|CARGO_(?:BUILD|TARGET_.*)_RUSTFLAGS)$/;
const VARIABLES =
  /^(?:CARGO_(?:PROFILE|BUILD|TARGET)_.*|CARGO_INCREMENTAL|RUSTC|RUSTC_WRAPPER|RUSTC_WORKSPACE_WRAPPER)$/;

/** The workspace, as far as this reads it. */
interface Reads {
  root: string;
  places: Pick<Places, 'buildRoot'>;
  buildArguments: readonly string[];
  buildEnvironment: Environment;
}

/** Reads them; what isn't there is left out. */
export async function readInputs(workspace: Reads): Promise<Inputs> {
  const { root, buildEnvironment: env } = workspace;
  const chosen = (wanted: RegExp, unwanted?: RegExp): Record<string, string> =>
    Object.fromEntries(
      Object.entries(env)
        .filter(([name]) => wanted.test(name) && unwanted?.test(name) !== true)
        .sort(),
    );
  const config: Record<string, string> = {};
  for (const file of configFiles(root, env.CARGO_HOME ?? join(homedir(), '.cargo'))) {
    const hash = await hashOf(file);
    if (hash !== null) config[relative(root, file)] = hash;
  }
  return {
    flags: chosen(FLAGS),
    variables: chosen(VARIABLES, FLAGS),
    arguments: workspace.buildArguments.join(' '),
    config,
    lock: await hashOf(join(root, 'Cargo.lock')),
    toolchain: await toolchainOf(workspace.places.buildRoot),
  };
}

/** What differs, as causes; the likeliest first. None where one of them is of another form. Pure. */
export function changesBetween(earlier: BuildInputs, now: BuildInputs): Cause[] {
  const [read, other] = [InputsSchema.safeParse(earlier), InputsSchema.safeParse(now)];
  // A file of another version says nothing to us.
  if (!read.success || !other.success) return [];
  const [before, after] = [read.data, other.data];
  const changes: Cause[] = [];
  if (before.toolchain !== after.toolchain && before.toolchain !== null && after.toolchain !== null)
    changes.push(causeOf('toolchain', { detail: `${before.toolchain}, now ${after.toolchain}` }));
  for (const name of differing(before.flags, after.flags))
    changes.push(causeOf('flags', { detail: `${name} ${shift(before.flags[name], after.flags[name])}` }));
  for (const name of differing(before.variables, after.variables))
    changes.push(causeOf('environment', { detail: name }));
  if (before.arguments !== after.arguments)
    changes.push(causeOf('configuration', { detail: shift(before.arguments, after.arguments) }));
  for (const file of differing(before.config, after.config)) changes.push(causeOf('configuration', { file }));
  if (before.lock !== after.lock && before.lock !== null) changes.push(causeOf('lock-file'));
  return changes;
}

function differing(a: Readonly<Record<string, string>>, b: Readonly<Record<string, string>>): string[] {
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].filter((name) => a[name] !== b[name]).sort();
}

const LONGEST = 80;

function shift(before = '', after = ''): string {
  const [was, is] = [before, after].map((text) => {
    const plain = text.replaceAll('\x1f', ' ').trim();
    return plain.length > LONGEST ? `${plain.slice(0, LONGEST)}…` : plain;
  });
  if (was === '') return `is now ${is}`;
  return is === '' ? `was ${was}, now there is none` : `was ${was}, now ${is}`;
}

/** All that cargo reads in the root: its own, and those of the folders above it, and of its home. */
function configFiles(root: string, home: string): string[] {
  const folders: string[] = [];
  for (let folder = root; ; folder = dirname(folder)) {
    folders.push(join(folder, '.cargo'));
    if (dirname(folder) === folder) break;
  }
  return [...new Set([...folders, home])].flatMap((folder) => [
    join(folder, 'config.toml'),
    join(folder, 'config'),
  ]);
}

async function hashOf(file: string): Promise<string | null> {
  // Most of them aren't there.
  const text = await readFile(file).catch(() => null);
  return text === null ? null : createHash('sha256').update(text).digest('hex').slice(0, 16);
}

const RustcInfoSchema = z.object({ outputs: z.record(z.string(), z.object({ stdout: z.string() })) });

/** cargo keeps what rustc told about itself. */
async function toolchainOf(buildRoot: string): Promise<string | null> {
  const text = await readFile(join(buildRoot, '.rustc_info.json'), 'utf8').catch(() => null);
  try {
    const { outputs } = RustcInfoSchema.parse(JSON.parse(text ?? ''));
    const said = Object.values(outputs).find(({ stdout }) => stdout.startsWith('rustc '));
    return said?.stdout.split('\n')[0] ?? null;
  } catch {
    // Never built, or a cargo that keeps it in another way.
    return null;
  }
}
