import { z } from 'zod';
import { type Environment, lookingOnly } from '../../environment.ts';
import { failed, type Result, success } from '../../result.ts';
import { type Running, run } from '../../run.ts';
import { findProgram } from '../../rust/onPath.ts';
import { firstSentence, noToolchain, toolchainFailure } from './noToolchain.ts';
import { isOutOfReach } from './outOfReach.ts';

const TargetSchema = z.object({
  name: z.string(),
  kind: z.array(z.string()),
  crate_types: z.array(z.string()),
  'required-features': z.array(z.string()).optional(),
});

/** A dependency as a manifest declares it. */
const DependencySchema = z.object({
  name: z.string(),
  rename: z.string().nullish(),
  /** Null: a normal one. */
  kind: z.string().nullable(),
  optional: z.boolean(),
  uses_default_features: z.boolean(),
  features: z.array(z.string()),
  /** A triple or `cfg(…)`; null for all platforms. */
  target: z.string().nullable(),
  /** Its folder, where it is named by one. */
  path: z.string().nullish(),
});
export type DeclaredDependency = z.infer<typeof DependencySchema>;

const PackageSchema = z.object({
  id: z.string(),
  name: z.string(),
  version: z.string(),
  manifest_path: z.string(),
  targets: z.array(TargetSchema),
  features: z.record(z.string(), z.array(z.string())),
  dependencies: z.array(DependencySchema),
  default_run: z.string().nullish(),
});
export type CargoPackage = z.infer<typeof PackageSchema>;

/** The part of `cargo metadata --format-version 1` that Hotdeck reads. */
const MetadataSchema = z.object({
  packages: z.array(PackageSchema),
  workspace_members: z.array(z.string()),
  workspace_default_members: z.array(z.string()).optional(),
  workspace_root: z.string(),
  target_directory: z.string(),
  /** Where what is made on the way goes; cargo 1.91 and later. */
  build_directory: z.string().optional(),
  /** Null where the dependencies were not resolved (`--no-deps`). */
  resolve: z
    .object({
      nodes: z.array(
        z.object({
          id: z.string(),
          deps: z.array(
            z.object({
              /** What the crate is called by whoever needs it. */
              name: z.string(),
              pkg: z.string(),
              dep_kinds: z.array(z.object({ kind: z.string().nullable(), target: z.string().nullable() })),
            }),
          ),
        }),
      ),
    })
    .nullable(),
});
export type CargoMetadata = z.infer<typeof MetadataSchema>;

/** What cargo answered, and how much of it could be had. */
export interface ReadMetadata extends CargoMetadata {
  /**
   * `offline`: from what is on this machine, because the registry was out of reach; `members`: of the members alone,
   * because some of their dependencies are not on this machine; null: all of it.
   */
  less: 'offline' | 'members' | null;
}

const NETLESS = ['--offline', '--frozen'];

/**
 * Asks cargo what the workspace is. No toolchain is installed for that. Where the registry is out of reach cargo is
 * asked for what is on this machine, then for the members alone: `cargo build` may work all the same.
 * @param args see `metadataArguments`.
 * @param running what cargo says meanwhile goes there, and who may stop it.
 */
export async function readCargoMetadata(
  root: string,
  env: Environment,
  args: readonly string[] = [],
  running: Running = {},
): Promise<Result<ReadMetadata>> {
  const ask = (more: readonly string[]): Promise<Result<CargoMetadata | string>> =>
    askOnce(root, env, [...more, ...args], running);
  const first = await ask([]);
  if (!first.ok) return first;
  if (typeof first.value !== 'string') return success({ ...first.value, less: null });
  if (!isOutOfReach(first.value)) return explain(first.value);
  const offline = args.some((each) => NETLESS.includes(each)) ? first : await ask(['--offline']);
  if (!offline.ok) return offline;
  if (typeof offline.value !== 'string') return success({ ...offline.value, less: 'offline' });
  const members = await askOnce(root, env, ['--no-deps', ...withoutPlatform(args)], running);
  if (!members.ok) return members;
  return typeof members.value === 'string'
    ? explain(members.value)
    : success({ ...members.value, less: 'members' });
}

/** With `--no-deps` nothing is resolved that a platform could be left out of. */
const withoutPlatform = (args: readonly string[]): string[] =>
  args.filter((each, at) => each !== '--filter-platform' && args[at - 1] !== '--filter-platform');

/** One question. @returns what cargo is told to answer, or what it said on stderr where it refused. */
async function askOnce(
  root: string,
  env: Environment,
  args: readonly string[],
  running: Running,
): Promise<Result<CargoMetadata | string>> {
  const asking = { cwd: root, env: lookingOnly(env), ...running };
  const finished = await run('cargo', ['metadata', '--format-version', '1', ...args], asking);
  if (!finished.ok) {
    return finished.failure.kind === 'ENOENT' ? noToolchain('cargo was not found.') : finished;
  }
  const { code, stdout, stderr } = finished.value;
  return code === 0 ? readAnswer(stdout) : success(stderr);
}

/**
 * Reads the answer out of what was printed. cargo prints one line of JSON; a wrapper around it may print lines of its own.
 * Errors: there is no such line, or its form is unknown.
 */
export function readAnswer(stdout: string): Result<CargoMetadata> {
  const lines = stdout.split('\n').map((line) => line.slice(line.indexOf('{"packages":')));
  const line =
    lines.find((each) => each.startsWith('{"packages":')) ?? lines.find((each) => each.startsWith('{'));
  const value = line === undefined ? undefined : json(line);
  if (value === undefined) {
    const said = stdout.trim().split('\n')[0]?.slice(0, 200) ?? '';
    return failed(
      'cargo-metadata',
      `cargo metadata printed no JSON${said === '' ? '' : `, but: ${said}`}.`,
      'Check which `cargo` is on the PATH: a wrapper must pass on what cargo prints.',
    );
  }
  const parsed = MetadataSchema.safeParse(value);
  if (parsed.success) return success(parsed.data);
  return failed(
    'cargo-metadata',
    `cargo metadata returned an unknown format: ${parsed.error.issues[0]?.message}.`,
    'Hotdeck reads the format of cargo 1.71 and later: update Rust.',
  );
}

function json(line: string): unknown {
  try {
    return JSON.parse(line.slice(0, line.lastIndexOf('}') + 1));
  } catch {
    // Not cargo's answer, then.
    return undefined;
  }
}

function explain(stderr: string): Result<never> {
  return (
    toolchainFailure(stderr) ??
    failed(
      'broken-manifest',
      `cargo can't read this workspace.\n${stderr.trim()}`,
      'Fix the manifest that cargo names and try again.',
    )
  );
}

/** The library folder of the toolchain that this workspace uses: libstd-*.so lies there. */
export async function readTargetLibdir(
  root: string,
  env: Environment,
  running: Running = {},
): Promise<Result<string>> {
  const asking = { cwd: root, env: lookingOnly(env), ...running };
  const finished = await run('rustc', ['--print', 'target-libdir'], asking);
  if (!finished.ok) return finished.failure.kind === 'ENOENT' ? missingRustc(root, env) : finished;
  const { code, stdout, stderr } = finished.value;
  if (code === 0) return success(stdout.trim());
  return toolchainFailure(stderr) ?? noToolchain(firstSentence(stderr));
}

/** Names cargo where both are missing: that is what the user knows, and rustc comes with it. */
async function missingRustc(root: string, env: Environment): Promise<Result<never>> {
  const cargo = await findProgram('cargo', { cwd: root, env });
  return noToolchain(cargo === null ? 'cargo was not found.' : 'rustc was not found.');
}
