import type { Setting } from '#shared/contract.ts';
import type { Environment } from '../environment.ts';
import { besideOwnFlags, targetKeysWithFlags } from '../rust/linkerFlags.ts';
import type { SetupChoices } from './choices.ts';

export type Chosen = Pick<SetupChoices, 'toolchain' | 'linker' | 'flags' | 'kind' | 'program' | 'leftOut'>;

/** What cargo and rustc are run with because of what was chosen in the setup. */
export interface ChosenTools {
  /** The environment of cargo, rustc and the user's other tools. */
  environment: Environment;
  /** What `cargo build` gets beside everything else. */
  arguments: string[];
  /** All of it in words. */
  settings: Setting[];
}

/** The environment of a workspace's tools: with the toolchain that was chosen for it. */
export const withToolchain = (environment: Environment, toolchain: string | null): Environment =>
  toolchain === null ? environment : { ...environment, RUSTUP_TOOLCHAIN: toolchain };

/** Turns the choices into arguments and an environment. Asks cargo for its configuration where a linker is chosen. */
export async function readChosenTools(
  root: string,
  plain: Environment,
  { toolchain, linker, flags: chosenFlags, program }: Chosen,
): Promise<ChosenTools> {
  const features = program?.features ?? [];
  const flags = [...chosenFlags, ...(features.length === 0 ? [] : ['--features', features.join(',')])];
  const environment = withToolchain(plain, toolchain);
  const settings: Setting[] = [];
  const tell = (key: string, value: string): void => void settings.push({ key, value, from: 'set-up' });
  if (toolchain !== null) tell('toolchain', toolchain);
  if (chosenFlags.length > 0) tell('build flags', chosenFlags.join(' '));
  if (features.length > 0) tell('features', features.join(' '));
  if (linker === null) return { environment, arguments: [...flags], settings };
  tell('linker', linker);
  const [rustFlags, keys] = await Promise.all([
    flagsFor(linker, root, environment, toolchain),
    targetKeysWithFlags(root, environment),
  ]);
  const added = besideOwnFlags(rustFlags, keys, environment);
  // After the flags: among several linkers the last one counts.
  return { environment: added.environment, arguments: [...flags, ...added.arguments], settings };
}

/** Rust's own lld is not where the compiler driver looks for one; the others need nothing to be looked up. */
async function flagsFor(
  linker: string,
  root: string,
  environment: Environment,
  toolchain: string | null,
): Promise<string[]> {
  const { installedLinkers, linkerFlags } = await import('../rust/linkers.ts');
  if (linker !== 'lld') return linkerFlags(linker, []);
  const { readToolchains } = await import('../rust/toolchains.ts');
  const toolchains = await readToolchains(root, environment, toolchain);
  return linkerFlags(linker, await installedLinkers(environment, toolchains));
}
