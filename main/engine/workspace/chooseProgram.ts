import { failed, type Result, success } from '../result.ts';
import type { Packages, Program } from './packages.ts';
import { detectProgram } from './profile.ts';
import type { SettingsFile } from './settingsFile.ts';

/**
 * The program that is the server. Errors: there is none; there are several, and nothing says which; `hotdeck.json` names
 * one that is not there.
 * @param plain read for what `cargo build` builds by itself: a program that is alone there is the one.
 */
export function chooseProgram(packages: Packages, plain: Packages, settings: SettingsFile): Result<Program> {
  const { package: named, binary } = settings;
  if (named === undefined && binary === undefined) {
    const detected = detectProgram(plain) ?? detectProgram(packages);
    if (detected !== null) return success(detected);
    return packages.programs.length === 0
      ? failed(
          'no-executable',
          'This workspace builds no program.',
          'Open the workspace that has the server in it.',
        )
      : failed(
          'several-executables',
          `This workspace builds several programs: ${packages.programs.map((each) => each.binary).join(', ')}.`,
          'Say in hotdeck.json which one is the server: { "package": "…", "binary": "…" }.',
        );
  }
  const matching = packages.programs.filter(
    (each) =>
      (named === undefined || each.package === named) && (binary === undefined || each.binary === binary),
  );
  const [only] = matching;
  if (only !== undefined && matching.length === 1) return success(only);
  return failed(
    'broken-settings',
    `hotdeck.json names ${[named, binary].filter(Boolean).join(' / ')}, and ${matching.length === 0 ? 'no' : 'more than one'} program is that.`,
    `The programs are: ${packages.programs.map((each) => `${each.package} / ${each.binary}`).join(', ')}.`,
  );
}
