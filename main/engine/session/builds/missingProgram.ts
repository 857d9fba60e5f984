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
      `cargo says that it built ${program.file}, and the file is not there.`,
      'Something removed it after the build: see what else runs there.',
    );
  }
  return failed(
    'missing-executable',
    `cargo has built, but it reported no program ${program.binary} of the package ${program.package} (${command}).`,
    'If build.arguments in hotdeck.json select packages or targets, add the program: "-p" with the package, or "--bin" with its name.',
  );
}
