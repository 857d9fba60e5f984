/** Electron's own download, for checkouts whose `npm ci` brought the package without the binary. */
import { connect } from 'node:net';
import { join } from 'node:path';
import { electronPackage } from './installedElectron.ts';
import { lastLine, runCommand } from './runCommand.ts';

const probeLimit = 2_500;
const downloadLimit = 15 * 60_000;
/** With one of these the download takes another way than a direct connection, so a probe would say nothing. */
const detours =
  /^(electron_mirror|npm_config_electron_mirror|electron_get_use_proxy|https_proxy|all_proxy)$/i;

/** Whether a download is worth trying: at once, or within 2.5 s where packets vanish. */
export function canDownload(env: NodeJS.ProcessEnv): Promise<boolean> {
  const detour = Object.entries(env).some(
    ([name, value]) => detours.test(name) && value !== undefined && value !== '',
  );
  return detour ? Promise.resolve(true) : accepts('github.com', 443);
}

function accepts(host: string, port: number): Promise<boolean> {
  return new Promise((settle) => {
    const socket = connect({ host, port });
    const finish = (answer: boolean) => {
      clearTimeout(timer);
      socket.destroy();
      settle(answer);
    };
    // The socket's own timeout counts from the last activity, which a slow name server resets.
    const timer = setTimeout(() => finish(false), probeLimit);
    socket.once('connect', () => finish(true));
    socket.once('error', () => finish(false));
  });
}

/** Runs the installer of the `electron` package, which checks the archive against its own checksums. */
export async function downloadElectron(root: string): Promise<{ ok: true } | { ok: false; reason: string }> {
  const installer = join(electronPackage(root), 'install.js');
  const ran = await runCommand(process.execPath, [installer], { cwd: root, timeout: downloadLimit });
  return ran.ok ? { ok: true } : { ok: false, reason: firstError(ran.stderr) ?? ran.reason };
}

function firstError(stderr: string): string | undefined {
  return (
    stderr
      .split('\n')
      .find((line) => /error/i.test(line))
      ?.trim() ??
    (lastLine(stderr) || undefined)
  );
}
