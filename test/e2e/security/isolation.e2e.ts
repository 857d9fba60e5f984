import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LaunchedApp, launchApp } from '../../support/app.ts';

let launched: LaunchedApp;
beforeAll(async () => {
  launched = await launchApp();
});
afterAll(() => launched?.close());

describe('the page', () => {
  it.each(['require', 'module', 'process', 'Buffer', 'global', '__dirname', 'electron', 'ipcRenderer'])(
    'has no %s',
    async (name) => {
      expect(await launched.window.evaluate((key) => Reflect.has(globalThis, key), name)).toBe(false);
    },
  );

  it('has the functions of the bridge and nothing else', async () => {
    const bridge = await launched.window.evaluate(() =>
      Object.entries(window.hotdeck).map(([name, value]) => `${name}: ${typeof value}`),
    );
    expect(bridge.sort()).toEqual([
      'ack: function',
      'app: function',
      'connect: function',
      'onAppState: function',
      'onCommand: function',
      'onMessage: function',
      'query: function',
      'request: function',
      'show: function',
    ]);
  });

  it('can’t change the bridge, nor reach into the world it lives in', async () => {
    const replaced = await launched.window.evaluate(() => {
      Reflect.set(globalThis, 'traceOfThePage', true);
      const before = window.hotdeck.request;
      Reflect.set(window.hotdeck, 'request', () => 'forged');
      Reflect.set(window, 'hotdeck', {});
      return window.hotdeck.request !== before;
    });
    expect(replaced).toBe(false);
    const seen = await launched.app.evaluate(async ({ BrowserWindow }) => {
      const isolatedWorld = 999;
      const [first] = BrowserWindow.getAllWindows();
      const code = 'typeof traceOfThePage';
      return first?.webContents.executeJavaScriptInIsolatedWorld(isolatedWorld, [{ code }]);
    });
    expect(seen).toBe('undefined');
  });

  it('is handed values, never the events that brought them', async () => {
    const args = await launched.window.evaluate(async () => {
      const heard = new Promise<number>((resolve) => {
        const listener = (...all: unknown[]) => resolve(all.length);
        window.hotdeck.onMessage(listener);
      });
      await window.hotdeck.connect();
      return heard;
    });
    expect(args).toBe(1);
  });
});

describe('every window', () => {
  it('is isolated, sandboxed and without Node', async () => {
    const preferences = await launched.app.evaluate(({ webContents }) =>
      webContents
        .getAllWebContents()
        // Electron has it, its types have not.
        .map((contents): unknown =>
          Reflect.apply(Reflect.get(contents, 'getLastWebPreferences'), contents, []),
        ),
    );
    expect(preferences).toHaveLength(1);
    for (const each of preferences) {
      expect(each).toMatchObject({
        contextIsolation: true,
        sandbox: true,
        nodeIntegration: false,
        nodeIntegrationInSubFrames: false,
        webSecurity: true,
        allowRunningInsecureContent: false,
        experimentalFeatures: false,
        webviewTag: false,
      });
    }
  });

  it('gives Electron nothing to warn of', () => {
    expect(launched.complaints.filter((text) => /security|insecure|policy/i.test(text))).toEqual([]);
  });
});
