/**
 * States of the engine that a real one reaches only by chance or after hours, shown in the real window: the test holds the
 * other end of the window's channel. What is faked is the engine; bridge, contract and page are the real ones.
 */
import type { ElectronApplication, Page } from 'playwright-core';
import type { Bridge, Check, EngineMessage, SessionState } from '#shared/contract.ts';
import { channels } from '#shared/contract.ts';

declare global {
  /** In the app's main process: the played engine's end of the channel. */
  var playedEngine: Electron.MessagePortMain | undefined;
  /** In the page: which of the played states it got last. */
  var stateSeen: string | undefined;
  interface Window {
    readonly hotdeck: Bridge;
  }
}

export interface PlayedEngine {
  /** The window gets this session as its whole state; resolves when it has drawn it. */
  show(session: SessionState): Promise<void>;
}

/**
 * Takes the engine's place for the app's first window.
 * @param checks what it answers when the window asks for the setup's checks; any other question gets no answer.
 */
export async function playEngine(
  app: ElectronApplication,
  window: Page,
  checks: readonly Check[],
): Promise<PlayedEngine> {
  await window.evaluate(() => {
    globalThis.window.hotdeck.onMessage((message) => {
      if (message.type === 'state' && message.state.name === 'open')
        globalThis.stateSeen = message.state.session.workspace.settings.at(-1)?.value;
    });
  });
  let shown = 0;
  await app.evaluate(
    ({ BrowserWindow, MessageChannelMain }, { channel, answer }) => {
      const { port1, port2 } = new MessageChannelMain();
      port1.on('message', ({ data }) => {
        if (data.type !== 'request' || data.name !== 'setupChecks') return;
        port1.postMessage({ type: 'reply', id: data.id, reply: { ok: true, value: answer } });
      });
      port1.start();
      globalThis.playedEngine = port1;
      BrowserWindow.getAllWindows()[0]?.webContents.postMessage(channel, null, [port2]);
    },
    { channel: channels.port, answer: checks },
  );
  return {
    show: async (session) => {
      shown += 1;
      const mark = { key: 'state', value: String(shown), from: 'detected' } as const;
      const { workspace } = session;
      const marked = { ...session, workspace: { ...workspace, settings: [...workspace.settings, mark] } };
      const message: EngineMessage = { type: 'state', state: { name: 'open', session: marked } };
      await app.evaluate((_electron, sent) => globalThis.playedEngine?.postMessage(sent), message);
      // Asked at each frame: what was got in one is drawn in the next.
      await window.waitForFunction((value) => globalThis.stateSeen === value, mark.value);
      await window.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
    },
  };
}
