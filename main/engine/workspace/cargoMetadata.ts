import { z } from 'zod';
import type { Environment } from '../environment.ts';
import { failed, type Result, success } from '../result.ts';
import { run } from '../run.ts';

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

const NO_TOOLCHAIN = failed(
  'no-toolchain',
  'cargo was not found.',
  'Install Rust (rustup.rs), or put cargo on the PATH, and try again.',
);

/** Asks cargo what the workspace is. */
export async function readCargoMetadata(root: string, env: Environment): Promise<Result<CargoMetadata>> {
  const finished = await run('cargo', ['metadata', '--format-version', '1'], { cwd: root, env });
  if (!finished.ok) {
    return finished.failure.kind === 'ENOENT' ? NO_TOOLCHAIN : finished;
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

function explain(stderr: string): { ok: false; failure: ReturnType<typeof failed>['failure'] } {
  const text = stderr.trim();
  if (/rustup could not choose a version|is not installed|no default toolchain/i.test(text)) {
    return failed('no-toolchain', firstSentence(text), 'Install the toolchain with rustup and try again.');
  }
  return failed(
    'broken-manifest',
    `cargo can't read this workspace.\n${text}`,
    'Mend the manifest that cargo names and try again.',
  );
}

const firstSentence = (text: string): string => text.replace(/^error:\s*/, '').split('\n')[0] ?? text;

/** The library folder of the toolchain that this workspace uses: libstd-*.so lies there. */
export async function readTargetLibdir(root: string, env: Environment): Promise<Result<string>> {
  const finished = await run('rustc', ['--print', 'target-libdir'], { cwd: root, env });
  if (!finished.ok) return finished.failure.kind === 'ENOENT' ? NO_TOOLCHAIN : finished;
  const { code, stdout, stderr } = finished.value;
  return code === 0 ? success(stdout.trim()) : failed('no-toolchain', firstSentence(stderr.trim()));
}
