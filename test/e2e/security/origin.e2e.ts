import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LaunchedApp, launchApp } from '../../support/app.ts';

let launched: LaunchedApp;
beforeAll(async () => {
  launched = await launchApp();
});
afterAll(() => launched?.close());

describe('the page', () => {
  it('comes from app://hotdeck with all of its files', async () => {
    const { origin, href, files } = await launched.window.evaluate(() => ({
      origin: location.origin,
      href: location.href,
      files: performance.getEntriesByType('resource').map(({ name }) => name),
    }));
    expect(origin).toBe('app://hotdeck');
    expect(href).toBe('app://hotdeck/index.html');
    expect(files.filter((file) => !/^(app:\/\/hotdeck\/|data:)/.test(file))).toEqual([]);
  });

  it('is sent with the policy', async () => {
    const headers = await launched.window.evaluate(async () =>
      Object.fromEntries((await fetch('app://hotdeck/index.html')).headers),
    );
    const policy = headers['content-security-policy'] ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toMatch(/script-src 'self'(;|$)/);
    expect(policy).not.toContain('unsafe-eval');
    expect(headers['x-content-type-options']).toBe('nosniff');
  });
});

/** What an injected script may try, and the directive that stops it. */
const refusals = {
  'an inline script': 'script-src-elem',
  'an inline handler': 'script-src-attr',
  'a javascript: link': 'script-src-elem',
  'a string as code': 'script-src',
  'a string for a timer': 'script-src',
  'a script from elsewhere': 'script-src-elem',
  'a worker from a blob': 'worker-src',
  'a request to elsewhere': 'connect-src',
  'a socket to elsewhere': 'connect-src',
  'an image from elsewhere': 'img-src',
  'a style sheet from elsewhere': 'style-src-elem',
  'a frame': 'frame-src',
  'another base': 'base-uri',
  'a form': 'form-action',
};

/** Makes the attempt in the page; gives the directive that refused it, or “nothing” when none did. */
function whatRefuses(attempt: string): Promise<string> {
  return launched.window.evaluate(
    (name) =>
      new Promise<string>((resolve) => {
        document.addEventListener('securitypolicyviolation', (event) => resolve(event.effectiveDirective), {
          once: true,
        });
        // Violations are told a little later than the attempt fails.
        const nothing = () => setTimeout(() => resolve('nothing'), 500);
        Reflect.set(globalThis, 'hacked', nothing);
        const add = (tag: string, properties: object) => {
          const element = Object.assign(document.createElement(tag), { onload: nothing, onerror: nothing });
          document.body.append(Object.assign(element, properties));
          return element;
        };
        const elsewhere = 'https://127.0.0.1:9/';
        const attempts: Record<string, () => unknown> = {
          'an inline script': () => add('script', { textContent: 'hacked()' }),
          'an inline handler': () => {
            const button = add('button', {});
            button.setAttribute('onclick', 'hacked()');
            button.click();
          },
          'a javascript: link': () => add('a', { href: 'javascript:hacked()' }).click(),
          'a string as code': () => Reflect.get(globalThis, 'eval')('hacked()'),
          'a string for a timer': () => Reflect.apply(setTimeout, null, ['hacked()', 0]),
          'a script from elsewhere': () => add('script', { src: elsewhere }),
          'a worker from a blob': () => new Worker(URL.createObjectURL(new Blob(['']))),
          'a request to elsewhere': () => fetch(elsewhere).catch(nothing),
          'a socket to elsewhere': () =>
            Object.assign(new WebSocket('wss://127.0.0.1:9/'), { onerror: nothing }),
          'an image from elsewhere': () => add('img', { src: elsewhere }),
          'a style sheet from elsewhere': () => add('link', { rel: 'stylesheet', href: elsewhere }),
          'a frame': () => add('iframe', { src: 'data:text/html,x' }),
          'another base': () =>
            document.head.append(Object.assign(document.createElement('base'), { href: elsewhere })),
          'a form': () => {
            const form = document.createElement('form');
            form.action = elsewhere;
            document.body.append(form);
            form.submit();
          },
        };
        // From a timer: the debugger's own call may evaluate what the page may not.
        setTimeout(() => {
          try {
            attempts[name]?.();
          } catch {
            nothing();
          }
          if (name === 'another base' || name === 'a form' || name === 'a worker from a blob') nothing();
        });
      }),
    attempt,
  );
}

describe('the policy', () => {
  it.each(Object.entries(refusals))('refuses %s', async (attempt, directive) => {
    expect(await whatRefuses(attempt)).toBe(directive);
  });

  it('lets no file be read', async () => {
    const outcome = await launched.window.evaluate(
      async (url) => {
        const result = await fetch(url).catch((error: unknown) => String(error));
        return typeof result === 'string' ? result : result.status;
      },
      pathToFileURL(join(import.meta.dirname, 'origin.e2e.ts')).href,
    );
    expect(outcome).toMatch(/TypeError/);
  });
});

describe('app://', () => {
  /** From the main process, where no policy of the page stands before the handler. */
  const ask = (url: string) =>
    launched.app.evaluate(async ({ net }, address) => {
      const response = await net.fetch(address);
      return { status: response.status, text: await response.text() };
    }, url);

  it.each(['app://hotdeck/', 'app://hotdeck/index.html'])('serves %s', async (url) => {
    expect(await ask(url)).toMatchObject({ status: 200, text: expect.stringContaining('<html') });
  });

  it.each([
    '..%2fmain%2fapp.js',
    '%2e%2e%2fmain/app.js',
    'assets/..%2f..%2fmain%2fapp.js',
    '..%5cmain%5capp.js',
    '%2fetc%2fhosts.json',
    '..%2f..%2fpackage.json',
    '.%2findex.html',
    'index.html%00.js',
    'missing.js',
  ])('has nothing at %s', async (path) => {
    const { status, text } = await ask(`app://hotdeck/${path}`);
    expect({ status, text }).toEqual({ status: 404, text: 'Not found' });
  });

  it('is no other host', async () => {
    expect(await ask('app://elsewhere/index.html')).toEqual({ status: 404, text: 'Not found' });
  });
});
