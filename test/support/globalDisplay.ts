/** Global set-up for tests that open windows: an Electron to run, and a display for it. */

import { provideDisplay } from '../../main/launch/display.ts';
import { provideElectron } from '../../main/launch/electron.ts';
import { ensureLibraries } from '../../main/launch/systemLibraries.ts';
import type { Failure } from '../../preload/contract.ts';

const say = (line: string) => process.stderr.write(`${line}\n`);

/**
 * Sets HOTDECK_ELECTRON to the program, and DISPLAY and XAUTHORITY where there is no display yet. What the caller has
 * set stays. The returned function takes back what was set here.
 */
export default async function provideWindows(): Promise<() => Promise<void>> {
  const undo: (() => void)[] = [];
  const set = (variables: Record<string, string>) => {
    Object.assign(process.env, variables);
    undo.push(() => {
      for (const name of Object.keys(variables)) delete process.env[name];
    });
  };

  let executable = process.env.HOTDECK_ELECTRON;
  if (executable === undefined) {
    const electron = succeeded(await provideElectron(say));
    executable = electron.executable;
    set({ HOTDECK_ELECTRON: executable });
  }
  succeeded(await ensureLibraries(executable, say));
  if (process.platform !== 'linux' || process.env.DISPLAY)
    return async () => {
      for (const step of undo) step();
    };

  const { display } = succeeded(await provideDisplay({ use: 'xvfb' }, say));
  if (display) set(display.environment);
  return async () => {
    for (const step of undo) step();
    await display?.stop();
  };
}

function succeeded<T extends { ok: true }>(result: T | { ok: false; failure: Failure }): T {
  if (result.ok) return result;
  throw new Error([result.failure.message, result.failure.remedy ?? ''].join(' ').trim());
}
