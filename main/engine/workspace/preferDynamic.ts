import type { Environment } from '../environment.ts';
import { cargoSettings, readCargoConfig } from '../setup/machine/cargoConfig.ts';
import { hostTriple } from '../setup/machine/host.ts';

const PREFERS = /-C ?prefer[-_]dynamic(?:=(?:y|yes|on|true))?(?: |$)/;

/**
 * Where `-Cprefer-dynamic` is set among the flags that cargo takes, in words; null where it is not.
 * @param buildArguments what `cargo build` gets.
 */
export async function preferDynamicIn(
  root: string,
  environment: Environment,
  buildArguments: readonly string[],
): Promise<string | null> {
  const { files } = await readCargoConfig(root, environment);
  const { flags } = cargoSettings(files, environment, hostTriple([]), buildArguments);
  if (!PREFERS.test(flags.values.join(' '))) return null;
  return flags.from === '--config' ? "cargo's command line" : flags.from.replaceAll(`${root}/`, '');
}
