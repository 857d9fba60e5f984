import { failed, type Result } from '../../result.ts';
import type { Workspace } from '../../workspace/workspace.ts';

/** Why a build that went well made no program to start: a request's failure. It never says to build again. Pure. */
export function noProgram(workspace: Workspace): Result<never> {
  const { program, buildArguments } = workspace;
  const command = ['cargo build', ...buildArguments].join(' ');
  const { made } = workspace;
  if (made.includes(program.file)) {
    return failed(
      'missing-executable',
      `cargo reported that it built ${program.file}, but the file is missing.`,
      'Something removed it after the build: check what else is running there.',
    );
  }
  return failed(
    'missing-executable',
    `The build succeeded, but cargo reported no program ${program.binary} of the package ${program.package} (${command}).`,
    'If build.arguments in hotdeck.json select packages or targets, add the program: "-p" with the package, or "--bin" with its name.',
  );
}
