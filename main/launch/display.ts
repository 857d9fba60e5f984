/** Where the window is to appear. */
import type { Failure } from '#shared/contract.ts';
import { ensureTools } from './systemPackages.ts';
import { startXvfb, type VirtualDisplay } from './xvfb.ts';

export type DisplayPlan = { use: 'screen' } | { use: 'xvfb' } | { use: 'nothing'; failure: Failure };

/** Takes the screen where there is one; a virtual display where the caller asked for it; pure. */
export function planDisplay(platform: string, env: NodeJS.ProcessEnv, xvfbWanted: boolean): DisplayPlan {
  if (platform !== 'linux') return { use: 'screen' };
  if (xvfbWanted || env.HOTDECK_XVFB === '1') return { use: 'xvfb' };
  if (isSet(env.DISPLAY) || isSet(env.WAYLAND_DISPLAY)) return { use: 'screen' };
  return {
    use: 'nothing',
    failure: {
      kind: 'no-display',
      message: 'No display: neither DISPLAY nor WAYLAND_DISPLAY is set.',
      remedy: 'Run Hotdeck in a desktop session, or on a virtual display with `npm start -- --xvfb`.',
    },
  };
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== '';
}

/** Carries the plan out; `display` is undefined where the screen is used. Who gets a display has to stop it. */
export async function provideDisplay(
  plan: DisplayPlan,
  say: (line: string) => void,
): Promise<{ ok: true; display: VirtualDisplay | undefined } | { ok: false; failure: Failure }> {
  if (plan.use === 'nothing') return { ok: false, failure: plan.failure };
  if (plan.use === 'screen') return { ok: true, display: undefined };
  const tools = await ensureTools(['Xvfb'], say);
  if (!tools.ok) return tools;
  const started = await startXvfb();
  if (!started.ok) return started;
  say(`The window is on virtual display ${started.display}.`);
  return { ok: true, display: started };
}
