import { afterEach, describe, expect, it } from 'vitest';
import { type LaunchedApp, launchApp } from '../../support/app.ts';
import { enginePid } from '../../support/engineProcess.ts';

let launched: LaunchedApp;
afterEach(() => launched?.close());

/**
 * Asks the page by way of the app: a test's own connection to a page ends when the page crashes. Null while the page
 * is not there to answer.
 */
const inPage = (code: string): Promise<unknown> =>
  launched.app.evaluate(
    ({ BrowserWindow }, text) =>
      Promise.race([
        BrowserWindow.getAllWindows()[0]
          ?.webContents.executeJavaScript(text)
          .catch(() => null),
        new Promise((resolve) => setTimeout(resolve, 1000, null)),
      ]),
    code,
  );

describe('when the engine crashes', () => {
  it('another takes its place, with the workspace, and the window is connected to it', async () => {
    launched = await launchApp();
    await launched.window.evaluate(() => {
      const heard: string[] = [];
      Reflect.set(globalThis, 'heard', heard);
      window.hotdeck.onAppState(({ engine }) => heard.push(engine.name));
      window.hotdeck.onMessage((message) => {
        if (message.type === 'state') heard.push(message.state.name);
      });
    });
    const first = await enginePid(launched.app);
    process.kill(first, 'SIGKILL');
    const heard = () => launched.window.evaluate((): string[] => Reflect.get(globalThis, 'heard'));
    await expect.poll(heard, { timeout: 30_000 }).toContain('open');
    expect((await heard()).filter((word) => word !== 'opening')).toEqual(
      expect.arrayContaining(['restarting', 'running', 'open']),
    );
    expect(await enginePid(launched.app)).not.toBe(first);
    expect(
      await launched.window.evaluate(() => window.hotdeck.request('setAuto', { buildOnSave: false })),
    ).toEqual({
      ok: true,
    });
  });

  it('what it was asked last is answered nonetheless', async () => {
    launched = await launchApp();
    const pid = await enginePid(launched.app);
    process.kill(pid, 'SIGSTOP');
    const reply = launched.window.evaluate(() => window.hotdeck.request('setAuto', { buildOnSave: false }));
    process.kill(pid, 'SIGKILL');
    expect(await reply).toMatchObject({ ok: false, failure: { kind: 'disconnected' } });
  });

  it('too often, the window stands and offers to try again', async () => {
    launched = await launchApp();
    const engine = () =>
      launched.window.evaluate(async () => {
        const reply = await window.hotdeck.app('appState', {});
        return reply.ok ? reply.state.engine.name : 'refused';
      });
    let killed: number | null = null;
    for (let crash = 0; crash < 6; crash += 1) {
      killed = await enginePid(launched.app, killed);
      process.kill(killed, 'SIGKILL');
    }
    await expect.poll(engine, { timeout: 30_000 }).toBe('failed');
    expect(await launched.window.evaluate(() => window.hotdeck.app('restartEngine', {}))).toMatchObject({
      ok: true,
    });
    expect(await engine()).toBe('running');
  });
});

describe('when the page crashes', () => {
  it('it is loaded again, and connected', async () => {
    launched = await launchApp();
    const engine = await enginePid(launched.app);
    await launched.app.evaluate(({ BrowserWindow }) => {
      BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer();
    });
    await expect.poll(() => launched.stderr()).toContain('The page’s process is gone');
    await expect
      .poll(() => inPage('document.documentElement.dataset.ready'), { timeout: 30_000 })
      .toBe('true');
    const request = 'window.hotdeck.request("setAuto", { buildOnSave: false })';
    await expect.poll(() => inPage(request), { timeout: 30_000 }).toEqual({ ok: true });
    expect(await enginePid(launched.app)).toBe(engine);
  });
});
