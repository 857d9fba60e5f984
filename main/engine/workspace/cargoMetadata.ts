import { z } from 'zod';
import { type Environment, lookingOnly } from '../environment.ts';
import { failed, type Result, success } from '../result.ts';
import { run } from '../run.ts';
import { firstSentence, noToolchain, toolchainFailure } from './noToolchain.ts';

const TargetSchema = z.object({
  name: z.string(),
  kind: z.array(z.string()),
  crate_types: z.array(z.string()),
});

const PackageSchema = z.object({
  id: z.string(),
  name: z.string(),
  manifest_path: z.string(),
  targets: z.array(TargetSchema),
  features: z.record(z.string(), z.array(z.string())),
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
  resolve: z.object({
    root: z.string().nullable(),
    nodes: z.array(
      z.object({
        id: z.string(),
        deps: z.array(
          z.object({ pkg: z.string(), dep_kinds: z.array(z.object({ kind: z.string().nullable() })) }),
        ),
      }),
    ),
  }),
});
export type CargoMetadata = z.infer<typeof MetadataSchema>;

/** Asks cargo what the workspace is. No toolchain is installed for that. */
export async function readCargoMetadata(root: string, env: Environment): Promise<Result<CargoMetadata>> {
  const asking = { cwd: root, env: lookingOnly(env) };
  const finished = await run('cargo', ['metadata', '--format-version', '1'], asking);
  if (!finished.ok) {
    return finished.failure.kind === 'ENOENT' ? noToolchain('cargo was not found.') : finished;
  }
  const { code, stdout, stderr } = finished.value;
  if (code !== 0) return explain(stderr);
  const parsed = MetadataSchema.safeParse(JSON.parse(stdout));
  if (parsed.success) return success(parsed.data);
  return failed(
    'cargo-metadata',
    `cargo metadata answered in an unknown form: ${parsed.error.issues[0]?.message}.`,
    'Hotdeck reads the format of cargo 1.71 and later: update Rust.',
  );
}

function explain(stderr: string): Result<never> {
  return (
    toolchainFailure(stderr) ??
    failed(
      'broken-manifest',
      `cargo can't read this workspace.\n${stderr.trim()}`,
      'Mend the manifest that cargo names and try again.',
    )
  );
}

/** The library folder of the toolchain that this workspace uses: libstd-*.so lies there. */
export async function readTargetLibdir(root: string, env: Environment): Promise<Result<string>> {
  const asking = { cwd: root, env: lookingOnly(env) };
  const finished = await run('rustc', ['--print', 'target-libdir'], asking);
  if (!finished.ok)
    return finished.failure.kind === 'ENOENT' ? noToolchain('rustc was not found.') : finished;
  const { code, stdout, stderr } = finished.value;
  if (code === 0) return success(stdout.trim());
  return toolchainFailure(stderr) ?? noToolchain(firstSentence(stderr));
}
