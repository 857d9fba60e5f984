import { spawn } from 'node:child_process';

export interface Guard {
  /** The server is gone: nothing to guard any more. */
  release(): void;
}

// `read` returns when the pipe closes, and the kernel closes it however the engine ends. The signals are those that
// a terminal or a session's end sends round: the guard has to outlive them. Only `kill -s` takes a group in every sh.
const SCRIPT = `trap '' HUP INT QUIT TERM
read -r _
kill -s TERM -- "-$1" 2>/dev/null || exit 0
for _ in 1 2 3 4 5 6 7 8; do
  sleep 0.1
  kill -s 0 -- "-$1" 2>/dev/null || exit 0
done
kill -s KILL -- "-$1" 2>/dev/null`;

/**
 * Ends the server's process group when the engine dies without saying goodbye (SIGKILL, a crash in a native module).
 * The hang-up that a closing pty sends is not enough: a server may ignore it.
 */
export function guardProcessGroup(pid: number): Guard {
  if (process.platform === 'win32') return { release() {} };
  const guard = spawn('/bin/sh', ['-c', SCRIPT, 'hotdeck-guard', String(pid)], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
    cwd: '/',
    env: { PATH: '/usr/bin:/bin' },
  });
  // Without a guard (no /bin/sh, no more processes) the hang-up is still there.
  guard.on('error', () => {});
  guard.stdin.on('error', () => {});
  guard.unref();
  return {
    release() {
      guard.kill('SIGKILL');
      guard.stdin.destroy();
    },
  };
}
