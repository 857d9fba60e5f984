import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { type LaunchedApp, launchApp } from '../../support/app.ts';

let launched: LaunchedApp;
beforeAll(async () => {
  launched = await launchApp();
});
afterAll(() => launched?.close());

/** Waits for the app's log to say what it refused. */
async function untilRefused(what: string): Promise<void> {
  await expect.poll(() => launched.stderr(), { timeout: 10_000 }).toContain(what);
}

function portOf(address: AddressInfo | string | null): number {
  if (typeof address === 'object' && address !== null) return address.port;
  throw new Error('The server has no port.');
}

const kinds = () =>
  launched.app.evaluate(({ webContents }) =>
    webContents.getAllWebContents().map((contents) => contents.getType()),
  );

describe('the page can’t be left', () => {
  it.each([
    ['for the network', 'https://127.0.0.1:9/away'],
    ['for another page of the app’s scheme', 'app://hotdeck/away.html'],
  ])('%s', async (_where, url) => {
    await launched.window.evaluate((target) => {
      Reflect.set(globalThis, 'stayed', true);
      setTimeout(() => location.assign(target));
    }, url);
    await untilRefused(`Refused to leave the page (${url})`);
    expect(await launched.window.evaluate(() => [location.href, Reflect.get(globalThis, 'stayed')])).toEqual([
      'app://hotdeck/index.html',
      true,
    ]);
  });

  it('by a click on a link', async () => {
    await launched.window.evaluate(() => {
      const link = Object.assign(document.createElement('a'), { href: 'https://127.0.0.1:9/clicked' });
      document.body.append(link);
      link.click();
      link.remove();
    });
    await untilRefused('Refused to leave the page (https://127.0.0.1:9/clicked)');
  });
});

it('a page that is redirected is not loaded, not even where the network is open', async () => {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    response.writeHead(request.url === '/from' ? 302 : 200, { location: '/to' }).end('arrived');
  });
  onTestFinished(() => new Promise<void>((resolve) => server.close(() => resolve())));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${portOf(server.address())}`;
  const outcome = await launched.app.evaluate(async ({ BrowserWindow }, url) => {
    // Another session than the app's: that one would not let the first request out.
    const window = new BrowserWindow({ show: false, webPreferences: { partition: 'open' } });
    const loaded = await window.loadURL(url).then(
      () => 'loaded',
      (error: unknown) => String(error),
    );
    window.destroy();
    return loaded;
  }, `${origin}/from`);
  expect(outcome).not.toBe('loaded');
  expect(asked).toEqual(['/from']);
  await untilRefused(`Refused a redirect (${origin}/to)`);
});

describe('no other window can be opened', () => {
  it.each(['https://127.0.0.1:9/', 'app://hotdeck/index.html', 'about:blank'])('on %s', async (url) => {
    const opened = await launched.window.evaluate((target) => window.open(target) !== null, url);
    expect(opened).toBe(false);
    await untilRefused(`Refused to open a window (${url})`);
    expect(await kinds()).toEqual(['window']);
  });

  it('by a link with a target of its own', async () => {
    await launched.window.evaluate(() => {
      const link = Object.assign(document.createElement('a'), {
        href: 'https://127.0.0.1:9/blank',
        target: '_blank',
      });
      document.body.append(link);
      link.click();
      link.remove();
    });
    await untilRefused('Refused to open a window (https://127.0.0.1:9/blank)');
    expect(await kinds()).toEqual(['window']);
  });
});

describe('webviews', () => {
  it('don’t exist in the page', async () => {
    const type = await launched.window.evaluate(() => {
      const view = document.createElement('webview');
      view.setAttribute('src', 'app://hotdeck/index.html');
      document.body.append(view);
      const method = typeof Reflect.get(view, 'getWebContentsId');
      view.remove();
      return method;
    });
    expect(type).toBe('undefined');
  });

  it('are not attached even where a window would have them', async () => {
    await launched.app.evaluate(async ({ BrowserWindow }) => {
      const window = new BrowserWindow({ show: false, webPreferences: { webviewTag: true } });
      await window.loadURL('data:text/html,<webview src="data:text/html,inside"></webview>');
    });
    await untilRefused('Refused a webview');
    expect(await kinds()).not.toContain('webview');
    await launched.app.evaluate(({ BrowserWindow }) => {
      for (const window of BrowserWindow.getAllWindows()) {
        if (window.webContents.getURL().startsWith('data:')) window.destroy();
      }
    });
  });
});

it('nothing can be downloaded', async () => {
  await launched.app.evaluate(({ session }) => {
    session.defaultSession.on('will-download', (event) => {
      Reflect.set(globalThis, 'downloadPrevented', event.defaultPrevented);
      event.preventDefault();
    });
  });
  await launched.window.evaluate(() => {
    Object.assign(document.createElement('a'), { href: 'data:text/plain,x', download: 'x.txt' }).click();
  });
  const prevented = () => launched.app.evaluate(() => Reflect.get(globalThis, 'downloadPrevented'));
  await expect.poll(prevented, { timeout: 10_000 }).toBe(true);
});

it('no request reaches the network, whatever window makes it', async () => {
  const outcome = await launched.app.evaluate(async ({ BrowserWindow }) => {
    const window = new BrowserWindow({ show: false });
    const failure = await window.loadURL('http://127.0.0.1:9/').catch((error: unknown) => String(error));
    window.destroy();
    return failure;
  });
  // Port 9 would have refused the connection.
  expect(outcome).toContain('ERR_BLOCKED_BY_CLIENT');
});
