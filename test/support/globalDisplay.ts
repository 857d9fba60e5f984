/** Global setup for tests that open windows: an Electron to run, and a display for it. */

import type { Failure } from '#shared/contract.ts';
import { provideDisplay } from '../../main/launch/display.ts';
import { provideElectron } from '../../main/launch/electron.ts';
import { ensureLibraries } from '../../main/launch/systemLibraries.ts';
import type { VirtualDisplay } from '../../main/launch/xvfb.ts';

/** How many files of tests may open windows at a time: one, where they have the user's screen. */
export const FILES_AT_A_TIME = process.platform === 'linux' && !process.env.DISPLAY ? 2 : 1;

const say = (line: string) => process.stderr.write(`${line}\n`);

/**
 * Sets HOTDECK_ELECTRON to the program, and where there is no display yet, DISPLAY and XAUTHORITY, and HOTDECK_DISPLAYS to
 * those of all files that run at a time. What the caller has set stays. The returned function takes back what was set here.
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

  const displays: VirtualDisplay[] = [];
  // Windows on one display would take the focus from each other.
  for (let each = 0; each < FILES_AT_A_TIME; each += 1) {
    const { display } = succeeded(await provideDisplay({ use: 'xvfb' }, say));
    if (display !== undefined) displays.push(display);
  }
  const [first] = displays;
  if (first !== undefined) set(first.environment);
  set({ HOTDECK_DISPLAYS: JSON.stringify(displays.map(({ environment }) => environment)) });
  return async () => {
    for (const step of undo) step();
    await Promise.all(displays.map((display) => display.stop()));
  };
}

function succeeded<T extends { ok: true }>(result: T | { ok: false; failure: Failure }): T {
  if (result.ok) return result;
  throw new Error([result.failure.message, result.failure.remedy ?? ''].join(' ').trim());
}
