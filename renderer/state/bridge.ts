import type { Bridge } from '#shared/contract.ts';

declare global {
  interface Window {
    /** What the preload script offers; the only way out of the window. */
    readonly hotdeck: Bridge;
  }
}

/** Returns the bridge to the app and the engine. */
export function bridge(): Bridge {
  return window.hotdeck;
}
