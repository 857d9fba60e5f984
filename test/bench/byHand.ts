/** The sample's server as a person without Hotdeck has it: built with cargo, started from a shell's environment. */
import { type ChildProcess, execFile, type StdioOptions, spawn } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { prepend, userEnvironment } from '../../main/engine/environment.ts';

const run = promisify(execFile);

export const byHandEnvironment = userEnvironment(process.env);

/** Builds a copy of the sample. */
export async function buildByHand(root: string): Promise<void> {
  await run('cargo', ['build', '-q'], { cwd: root, env: byHandEnvironment });
}

/** Starts the server of a built copy; whoever asked for it ends it. */
export async function spawnByHand(root: string, stdio: StdioOptions = 'ignore'): Promise<ChildProcess> {
  const { stdout } = await run('rustc', ['--print', 'target-libdir'], { cwd: root, env: byHandEnvironment });
  const output = join(root, 'target/debug');
  const env = prepend(byHandEnvironment, 'LD_LIBRARY_PATH', [output, join(output, 'deps'), stdout.trim()]);
  return spawn(join(output, 'depot'), { cwd: root, env, stdio });
}
