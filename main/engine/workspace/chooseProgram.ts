import type { Packages, Program } from '../cargo/packages/packages.ts';
import { failed, type Result, success } from '../result.ts';
import { detectProgram } from './profile.ts';
import type { SettingsFile } from './settingsFile.ts';

/** The kind of the failure where it has to be said which program is the server. */
export const SEVERAL_PROGRAMS = 'several-executables';

/**
 * The program that is the server. Errors: there is none; there are several, and nothing says which; `hotdeck.json` names
 * one that is not there.
 * @param chosen the program that the user chose in the window, where hotdeck.json names none.
 * @param plain read for what `cargo build` builds by itself: a program that is alone there is the one.
 */
export function chooseProgram(
  packages: Packages,
  plain: Packages,
  settings: SettingsFile,
  chosen: Pick<Program, 'package' | 'binary'> | null,
): Result<Program> {
  const { package: named, binary } = settings;
  if (named === undefined && binary === undefined) {
    const wanted = packages.programs.find(
      (each) => each.package === chosen?.package && each.binary === chosen.binary,
    );
    const detected = wanted ?? detectProgram(plain) ?? detectProgram(packages);
    if (detected !== null) return success(detected);
    return packages.programs.length === 0
      ? failed(
          'no-executable',
          'This workspace builds no program.',
          'Open the workspace that contains the server.',
        )
      : failed(
          SEVERAL_PROGRAMS,
          `This workspace builds several programs: ${packages.programs.map((each) => each.binary).join(', ')}.`,
          'Choose one in the window, or name the server in hotdeck.json: { "package": "…", "binary": "…" }.',
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
