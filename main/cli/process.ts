import { existsSync } from 'node:fs';
import { readlink, realpath } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { readArtifact, sameFile } from '../engine/process/artifacts.ts';
import { type Blindness, readMaps } from '../engine/process/readMaps.ts';
import { failed, type Result, success } from '../engine/result.ts';
import type { Workspace } from '../engine/workspace/workspace.ts';

const DELETED = / \(deleted\)$/;

/** What helps where the memory maps can't be read. */
const HIDDEN_REMEDIES: Readonly<Record<Blindness['kind'], string | null>> = {
  refused: 'Run Hotdeck as the user who runs the server. Some systems also restrict ptrace.',
  hidden: 'Run Hotdeck as the user who runs the server: /proc hides the processes of others here.',
  'no proc': 'This system has no /proc.',
  failed: null,
};

/** Whether a process runs the program of a workspace, and can be looked at. */
export async function checkProcess(pid: number, workspace: Workspace): Promise<Result<null>> {
  const maps = readMaps(pid);
  if (maps.kind === 'gone') {
    const message = isListed(pid)
      ? `Process ${pid} has no memory maps: it has ended, or is part of the kernel.`
      : `There is no process ${pid}.`;
    return failed('no-process', message, 'Pass the process ID of a running server.');
  }
  if (maps.kind === 'blind') {
    const { kind, code } = maps.why;
    return failed(
      'hidden-process',
      `The memory maps of process ${pid} can't be read (${code}).`,
      HIDDEN_REMEDIES[kind],
    );
  }
  const link = await readlink(`/proc/${pid}/exe`).catch(() => null);
  const program = await realpath(dirname(workspace.program.file))
    .then((folder) => join(folder, basename(workspace.program.file)))
    .catch(() => workspace.program.file);
  if (link === null) {
    return failed('hidden-process', `Hotdeck can't see which program process ${pid} runs.`, null);
  }
  const running = link.replace(DELETED, '');
  if (running === program || (await isSameFile(`/proc/${pid}/exe`, program))) return success(null);
  return failed(
    'other-program',
    `Process ${pid} runs ${running}, not ${program}.`,
    'Pass the process ID of the server itself, not of the shell or tool that started it.',
  );
}

/** A process that ended and that its parent has not noticed yet, and a thread of the kernel, are listed without memory. */
const isListed = (pid: number): boolean => existsSync(`/proc/${pid}`);

/** One file may have several names: cargo gives its programs two. */
async function isSameFile(a: string, b: string): Promise<boolean> {
  const [one, other] = await Promise.all([readArtifact(a), readArtifact(b)]);
  return one !== null && other !== null && sameFile(one, other);
}
