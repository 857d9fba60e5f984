import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { BuildOutcome } from '../../../main/engine/building/buildOutcome.ts';
import { startCargoBuild } from '../../../main/engine/cargo/cargoBuild.ts';
import { readCargoMetadata } from '../../../main/engine/cargo/metadata/cargoMetadata.ts';
import { readPackages } from '../../../main/engine/cargo/packages/packages.ts';
import { userEnvironment } from '../../../main/engine/environment.ts';
import { temporaryFolder } from '../../support/folders.ts';

export const manifest = (name: string, more = ''): string =>
  `[package]\nname = "${name}"\nversion = "0.1.0"\nedition = "2021"\n${more}`;

/** A folder with these files, removed after the test. */
export async function workspaceOf(files: Record<string, string | Buffer>): Promise<string> {
  const root = await temporaryFolder();
  for (const [file, contents] of Object.entries(files)) {
    await mkdir(dirname(join(root, file)), { recursive: true });
    await writeFile(join(root, file), contents);
  }
  return root;
}

/** Builds it with the real cargo. */
export async function build(
  root: string,
  args: readonly string[] = [],
): Promise<Exclude<BuildOutcome, { kind: 'cancelled' }>> {
  const env = userEnvironment(process.env);
  const metadata = await readCargoMetadata(root, env);
  if (!metadata.ok) throw new Error(metadata.failure.message);
  const { packages, target_directory: target } = metadata.value;
  const outcome = await startCargoBuild({
    sources: {
      root,
      names: new Map(packages.map((each) => [each.id, each.name])),
      members: readPackages(metadata.value, { platform: 'linux' }).folders,
      target,
    },
    arguments: args,
    env,
    onOutput: () => {},
    onArtifact: () => {},
  }).done;
  if (outcome.kind === 'cancelled') throw new Error('Nobody cancelled it.');
  return outcome;
}
