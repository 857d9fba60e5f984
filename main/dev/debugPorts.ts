/** Where debuggers attach to each process after `npm run dev -- --debug`; `.vscode/launch.json` names the same ports. */
const MAIN_PORT = 9229;
const PAGE_PORT = 9222;
const ENGINE_PORT = 9230;

/** Electron's flags for the main process and the page; Node and Chromium open them to this machine alone. */
export const debugFlags: readonly string[] = [
  `--inspect=127.0.0.1:${MAIN_PORT}`,
  `--remote-debugging-port=${PAGE_PORT}`,
];

/** Node's flags for the engine's process. */
export const engineDebugFlags: readonly string[] = [`--inspect=127.0.0.1:${ENGINE_PORT}`];
