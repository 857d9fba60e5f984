import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { ScriptOutput } from '../building/artifact.ts';
import type { BuildRecord } from '../building/buildRecord.ts';
import type { Packages } from './packages/packages.ts';
import type { Places } from './places.ts';

/** What a build script printed in some earlier build, as cargo keeps it in `build/PACKAGE-HASH`. */
export interface EarlierRun {
  /** Absolute: `…/build/PACKAGE-HASH`. */
  folder: string;
  output: string;
  /** The OUT_DIR of then, from `root-output`; null where that file can't be read. The folder may have been moved since. */
  outDirectory: string | null;
  /** ms since the epoch: when cargo wrote its fingerprint, which is after it ran. */
  at: number;
  /** All that the fingerprint says of how it was built: features, compiler, flags. */
  builtWith: string;
}

/** The part of a fingerprint of cargo that tells one build of a script from another. */
const FingerprintSchema = z.object({
  rustc: z.number(),
  features: z.string(),
  rustflags: z.array(z.string()),
});

/**
 * Reads what build scripts said in builds of cargo that nobody here has seen: `output` and `root-output` of each
 * `build/PACKAGE-HASH` (cargo's `custom_build.rs`). Nothing where cargo has built nothing.
 */
export async function readEarlierScripts(
  places: Pick<Places, 'buildDirectory' | 'key'>,
  packages: Pick<Packages, 'crates'>,
): Promise<BuildRecord> {
  const build = join(places.buildDirectory, 'build');
  const foldersOf = new Map<string, string[]>();
  for (const folder of await readdir(build).catch(() => [])) {
    const name = packageOf(folder);
    if (name !== null) foldersOf.set(name, [...(foldersOf.get(name) ?? []), folder]);
  }
  const idsOf = new Map<string, string[]>();
  for (const [id, { name }] of packages.crates.units) idsOf.set(name, [...(idsOf.get(name) ?? []), id]);
  const scripts = await Promise.all(
    [...idsOf].map(async ([name, ids]) => {
      const runs = await Promise.all(
        (foldersOf.get(name) ?? []).map((each) =>
          readRun(join(build, each), join(places.buildDirectory, '.fingerprint', each)),
        ),
      );
      const meant = meantRuns(
        runs.flatMap((run) => run ?? []),
        ids.length,
      );
      return meant.map((run) => scriptOutput(run, ids[0] ?? name, name));
    }),
  );
  return { key: places.key, artifacts: [], scripts: scripts.flat() };
}

/** `PACKAGE-HASH`: a package's name may have hyphens itself. */
const packageOf = (folder: string): string | null => /^(.+)-[0-9a-f]{16}$/.exec(folder)?.[1] ?? null;

async function readRun(folder: string, fingerprint: string): Promise<EarlierRun | null> {
  try {
    const files = await readdir(fingerprint);
    const json = files.find((file) => file.startsWith('run-build-script-') && file.endsWith('.json'));
    // The folder of the script's own program, or of one that failed.
    if (json === undefined) return null;
    const [output, said, written, root] = await Promise.all([
      readFile(join(folder, 'output'), 'utf8'),
      readFile(join(fingerprint, json), 'utf8'),
      stat(join(fingerprint, json)),
      readFile(join(folder, 'root-output'), 'utf8').catch(() => null),
    ]);
    // What this cargo does not write tells nothing apart.
    const parsed = FingerprintSchema.safeParse(JSON.parse(said));
    const builtWith = parsed.success ? JSON.stringify(parsed.data) : '';
    return { folder, output, outDirectory: root, at: written.mtimeMs, builtWith };
  } catch {
    // Gone or half-written: another cargo is at work there.
    return null;
  }
}

/**
 * Of all runs of a package's script those that the next `cargo run` may mean: the newest, and what can't be told from it.
 * @param versions how many versions of the package are in the build: folders do not tell them apart, so all count.
 */
export function meantRuns(runs: readonly EarlierRun[], versions: number): EarlierRun[] {
  const sorted = runs.toSorted((one, other) => other.at - one.at);
  if (versions > 1) return sorted;
  return sorted.filter(({ builtWith }) => builtWith === sorted[0]?.builtWith);
}

/** Reads the output of a build script as cargo's `BuildOutput::parse` does, as far as a program's environment needs it. Pure. */
export function scriptOutput(
  { folder, output, outDirectory }: EarlierRun,
  id: string,
  name: string,
): ScriptOutput {
  const now = join(folder, 'out');
  const linkedPaths: string[] = [];
  const env: [string, string][] = [];
  for (const line of output.split('\n')) {
    const [, key, said] = /^cargo::?([a-z-]+)=(.*)$/.exec(line.trim()) ?? [];
    if (key === undefined || said === undefined) continue;
    const value = outDirectory === null || outDirectory === '' ? said : said.replaceAll(outDirectory, now);
    if (key === 'rustc-link-search') linkedPaths.push(value);
    if (key === 'rustc-flags') linkedPaths.push(...searchFlags(value));
    const variable = key === 'rustc-env' ? /^([^=]+)=(.*)$/.exec(value) : null;
    if (variable !== null) env.push([variable[1] ?? '', variable[2] ?? '']);
  }
  return { id, package: name, outDirectory: now, linkedPaths, env };
}

/** The folders of `-L FOLDER` and `-LFOLDER`. */
const searchFlags = (flags: string): string[] =>
  [...flags.matchAll(/(?:^|\s)-L\s*(\S+)/g)].flatMap(([, folder]) => folder ?? []);
