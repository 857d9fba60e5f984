import type { Environment } from '../environment.ts';
import type { CargoConfig } from '../rust/cargoConfig.ts';
import { cargoSettings } from '../rust/cargoSettings.ts';
import { hostTriple } from '../rust/host.ts';

const PREFERS = /-C ?prefer[-_]dynamic(?:=(?:y|yes|on|true))?(?: |$)/;

/**
 * Where `-Cprefer-dynamic` is set among the flags that cargo takes, in words; null where it is not. Pure.
 * @param build its `arguments` are what `cargo build` gets.
 */
export function preferDynamicIn(
  { files }: CargoConfig,
  build: { root: string; environment: Environment; arguments: readonly string[] },
): string | null {
  const machine = { host: hostTriple([]), cwd: build.root };
  const { flags } = cargoSettings(files, build.environment, machine, build.arguments);
  if (!PREFERS.test(flags.values.join(' '))) return null;
  return flags.from === '--config' ? "cargo's command line" : flags.from.replaceAll(`${build.root}/`, '');
}
