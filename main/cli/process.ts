import { readlink, realpath } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { readArtifact, sameFile } from '../engine/process/artifacts.ts';
import { readMaps } from '../engine/process/readMaps.ts';
import { failed, type Result, success } from '../engine/result.ts';
import type { Workspace } from '../engine/workspace/workspace.ts';

const DELETED = / \(deleted\)$/;

/** Whether a process runs the program of a workspace, and can be looked at. */
export async function checkProcess(pid: number, workspace: Workspace): Promise<Result<null>> {
  const maps = readMaps(pid);
  if (maps.kind === 'gone') {
    return failed('no-process', `There is no process ${pid}.`, 'Give the number of a server that runs.');
  }
  if (maps.kind === 'blind') {
    const { kind, code } = maps.why;
    return failed(
      'hidden-process',
      `The memory maps of process ${pid} can't be read (${code}).`,
      kind === 'no proc'
        ? 'This system has no /proc.'
        : 'A process can be looked at by the user who runs it, where the system allows that.',
    );
  }
  const link = await readlink(`/proc/${pid}/exe`).catch(() => null);
  const program = await realpath(dirname(workspace.program.file))
    .then((folder) => join(folder, basename(workspace.program.file)))
    .catch(() => workspace.program.file);
  const running = link?.replace(DELETED, '') ?? null;
  if (running === program || (await isSameFile(`/proc/${pid}/exe`, program))) return success(null);
  return failed(
    'other-program',
    `Process ${pid} runs ${running ?? 'another program'}, not ${program}.`,
    'Give the number of the server itself, not of what started it.',
  );
}

/** One file may have several names: cargo gives its programs two. */
async function isSameFile(a: string, b: string): Promise<boolean> {
  const [one, other] = await Promise.all([readArtifact(a), readArtifact(b)]);
  return one !== null && other !== null && sameFile(one, other);
}
