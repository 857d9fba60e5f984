import type { Check, Failure } from '#shared/contract.ts';
import type { Result } from '../../result.ts';
import type { SettingsFile } from '../../workspace/settingsFile.ts';
import { about } from './check.ts';

export interface SettingsFacts {
  settings: Result<SettingsFile>;
  /** Why the workspace can't be opened; null where it can. */
  failure: Failure | null;
  /** Cargo configuration that can't be read. */
  brokenConfig: readonly string[];
}

const settingsFile = about({
  id: 'settings',
  group: 'workspace',
  title: 'hotdeck.json',
  why: 'It says how this server is built, started and reloaded, where what Hotdeck finds by itself is not right. Broken, it keeps the workspace from being opened.',
});
const workspace = about({
  id: 'workspace',
  group: 'workspace',
  title: 'Workspace',
  why: 'Hotdeck asks cargo what the workspace is: its crates, what they need, and where they are built.',
});

/** Can the workspace be read? Pure. */
export function settingsChecks({ settings, failure, brokenConfig }: SettingsFacts): Check[] {
  return [workspaceCheck(failure, brokenConfig), settingsCheck(settings)];
}

function workspaceCheck(failure: Failure | null, brokenConfig: readonly string[]): Check {
  const [broken] = brokenConfig;
  if (broken !== undefined) return workspace.problem(broken, 'Mend the file: cargo reads it too.');
  if (failure === null) return workspace.ok('cargo reads it.');
  if (failure.kind === 'no-toolchain') {
    return workspace.unknown(
      'It was not read, as there is no toolchain to read it with.',
      'See to the toolchain first.',
    );
  }
  if (failure.kind === 'broken-settings')
    return workspace.unknown('It was not read, because of hotdeck.json.');
  return workspace.problem(failure.message, failure.remedy ?? 'Mend that and open the workspace again.');
}

function settingsCheck(settings: Result<SettingsFile>): Check {
  if (!settings.ok) {
    const { message, remedy } = settings.failure;
    return settingsFile.problem(message, remedy ?? 'Mend the file.');
  }
  const keys = Object.keys(settings.value).filter((key) => key !== '$schema');
  return settingsFile.ok(
    keys.length === 0
      ? 'It sets nothing: what Hotdeck finds by itself holds.'
      : `It can be read, and sets ${keys.join(', ')}.`,
  );
}
