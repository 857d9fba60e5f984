import type { Environment } from '../environment.ts';
import { failed, type Result, success } from '../result.ts';
import { ask } from '../rust/ask.ts';
import { askingEnvironment, readToolchains, type Toolchains } from '../rust/toolchains.ts';
import { type CrateInForce, cratesOfMetadata, cratesOfUnits, generalFlags } from './unitGraph.ts';

/** What cargo would build with, as it says itself without building. */
export interface InForce {
  /** The libraries of the workspace. */
  crates: CrateInForce[];
  /** What every crate gets, outside of its profile. */
  general: string[];
  /** False on stable, where cargo can't be asked about profiles; no profile has flags there either. */
  profiles: boolean;
}

const NIGHTLY_ONLY = /only accepted on the nightly|nightly channel/;
const PATIENCE = 20_000;

/**
 * Asks cargo which flags it would build with. It builds nothing, downloads nothing and installs nothing.
 * @param args what `cargo build` is to be given.
 * @param known the toolchains, where they were read for this environment.
 * Errors: there is no toolchain to ask; the crates are not downloaded; cargo can't read the workspace.
 */
export async function askCargo(
  root: string,
  args: readonly string[],
  env: Environment,
  known: Toolchains | null = null,
): Promise<Result<InForce>> {
  const toolchains = known ?? (await readToolchains(root, env));
  const base = askingEnvironment(env, toolchains);
  if (base === null || (toolchains.kind !== 'rustup' && toolchains.kind !== 'plain')) {
    return failed(
      'no-toolchain',
      "The toolchain this workspace needs is not installed, so cargo can't be queried.",
    );
  }
  const asking = {
    cwd: root,
    // What cargo remembers of rustc would keep it from asking, and from saying so.
    env: {
      ...base,
      CARGO_LOG: 'cargo::util::rustc=debug',
      CARGO_CACHE_RUSTC_INFO: '0',
      CARGO_TERM_COLOR: 'never',
    },
    patience: PATIENCE,
  };
  const units = await ask(
    'cargo',
    ['build', '--offline', '--unit-graph', '-Zunstable-options', ...args],
    asking,
  );
  if (!units.ok) return units;
  if (units.value.code === 0) return answer(units.value.stdout, units.value.stderr, true);
  if (!NIGHTLY_ONLY.test(units.value.stderr)) return refusal(units.value.stderr);
  if (args.some((each) => each.startsWith('-Z'))) {
    return failed('needs-nightly', 'These flags need a nightly toolchain, and the active one is stable.');
  }
  const target = ['--filter-platform', toolchains.host];
  const metadata = await ask(
    'cargo',
    ['metadata', '--format-version', '1', '--offline', ...target, ...configured(args)],
    asking,
  );
  if (!metadata.ok) return metadata;
  const { code, stdout, stderr } = metadata.value;
  return code === 0 ? answer(stdout, stderr, false) : refusal(stderr);
}

/** Of the arguments of a build, those that every command of cargo takes. */
function configured(args: readonly string[]): string[] {
  return args.flatMap((each, at) => {
    if (each.startsWith('--config=')) return [each];
    return each === '--config' ? [each, args[at + 1] ?? ''] : [];
  });
}

function answer(stdout: string, stderr: string, profiles: boolean): Result<InForce> {
  const json = parsed(stdout);
  const crates = profiles ? cratesOfUnits(json) : cratesOfMetadata(json);
  const general = generalFlags(stderr);
  return crates === null || general === null
    ? failed('unknown-form', "This cargo uses a format that Hotdeck doesn't know.")
    : success({ crates, general, profiles });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // No form that is known, then.
    return null;
  }
}

function refusal(stderr: string): Result<InForce> {
  if (/--offline|in offline mode|attempting to make an HTTP request|unable to update/i.test(stderr)) {
    return failed(
      'not-downloaded',
      "Crates this workspace needs are not downloaded yet, so cargo can't be queried.",
    );
  }
  const said = stderr
    .split('\n')
    .filter((line) => /^(error|\s{2}\S)/.test(line) || line.startsWith('Caused by'));
  return failed('broken-manifest', `cargo can't read this workspace.\n${said.join('\n').trim()}`);
}
