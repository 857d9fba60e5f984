import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LaunchedApp, launchApp } from '../../support/app.ts';

let launched: LaunchedApp;
beforeAll(async () => {
  launched = await launchApp({ args: ['--use-fake-device-for-media-stream'] });
});
afterAll(() => launched?.close());

/** What the browser says about a permission; its type knows fewer names than it does. */
const stateOf = (name: string): Promise<string> =>
  launched.window.evaluate(async (permission) => {
    const { permissions } = navigator;
    const status: PermissionStatus = await Reflect.apply(permissions.query, permissions, [
      { name: permission },
    ]);
    return status.state;
  }, name);

it('the page may put text on the clipboard', async () => {
  expect(await stateOf('clipboard-write')).toBe('granted');
});

describe('the page may not', () => {
  it.each([
    'geolocation',
    'notifications',
    'camera',
    'microphone',
    'midi',
    'clipboard-read',
    'screen-wake-lock',
  ])('have %s', async (name) => {
    expect(await stateOf(name)).toBe('denied');
  });

  it('show notifications, though it asks', async () => {
    expect(await launched.window.evaluate(() => Notification.requestPermission())).toBe('denied');
  });

  it('listen or watch', async () => {
    const outcome = await launched.window.evaluate(() =>
      navigator.mediaDevices.getUserMedia({ audio: true, video: true }).then(
        () => 'granted',
        (error: unknown) => String(error),
      ),
    );
    expect(outcome).toContain('NotAllowedError');
  });

  it('know where it is', async () => {
    const outcome = await launched.window.evaluate(
      () =>
        new Promise<string>((resolve) => {
          navigator.geolocation.getCurrentPosition(
            () => resolve('granted'),
            (error) => resolve(error.code === error.PERMISSION_DENIED ? 'denied' : error.message),
          );
        }),
    );
    expect(outcome).toBe('denied');
  });

  // The handler that would be asked about each device after this one can't be reached: nothing gets so far.
  it.each([
    ['serial', 'navigator.serial.requestPort()'],
    ['HID', 'navigator.hid.requestDevice({ filters: [] })'],
    ['USB', 'navigator.usb.requestDevice({ filters: [] })'],
  ])('have a %s device, nor have one chosen for it', async (_kind, request) => {
    const { outcome, chosen } = await launched.app.evaluate(async ({ session, BrowserWindow }, code) => {
      const asked: string[] = [];
      const { defaultSession } = session;
      defaultSession.on('select-serial-port', () => asked.push('serial'));
      defaultSession.on('select-hid-device', () => asked.push('HID'));
      defaultSession.on('select-usb-device', () => asked.push('USB'));
      const asUser = true;
      const [window] = BrowserWindow.getAllWindows();
      const text: unknown = await window?.webContents.executeJavaScript(
        `${code}.then(String, String)`,
        asUser,
      );
      for (const event of ['select-serial-port', 'select-hid-device', 'select-usb-device'])
        defaultSession.removeAllListeners(event);
      return { outcome: text, chosen: asked };
    }, request);
    expect(chosen).toEqual([]);
    expect(outcome).toMatch(/^$|Error/);
  });
});
