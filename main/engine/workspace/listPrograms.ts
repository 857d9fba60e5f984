import type { ProgramChoice } from '#shared/contract.ts';
import { readTargetLibdir } from '../cargo/metadata/cargoMetadata.ts';
import { userEnvironment } from '../environment.ts';
import type { Result } from '../result.ts';
import { readCargoConfig } from '../rust/cargoConfig.ts';
import { type Chosen, readChosenTools } from './chosen.ts';
import { readPrograms } from './readBuild.ts';
import { readSettingsFile } from './settingsFile.ts';

/** The programs of a workspace that can't be opened before one is chosen. Errors: those of openWorkspace. */
export async function listPrograms(
  root: string,
  processEnv: NodeJS.ProcessEnv,
  chosen: Chosen,
): Promise<Result<ProgramChoice[]>> {
  const settings = await readSettingsFile(root);
  if (!settings.ok) return settings;
  const tools = await readChosenTools(root, userEnvironment(processEnv), chosen);
  const libdir = await readTargetLibdir(root, tools.environment);
  if (!libdir.ok) return libdir;
  const file = settings.value;
  const given = [...(file.build?.arguments ?? []), ...tools.arguments];
  const config = await readCargoConfig(root, tools.environment, given);
  return readPrograms({ root, file, tools, config, libdir: libdir.value, running: {} });
}
