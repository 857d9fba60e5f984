import { describe, expect, it } from 'vitest';
import {
  contentSecurityPolicy,
  isOwnUrl,
  mayLoad,
  permits,
  webPreferences,
} from '../../../main/app/policy.ts';

describe('the content security policy', () => {
  const directives = new Map(
    contentSecurityPolicy.split('; ').map((directive) => {
      const [name = '', ...sources] = directive.split(' ');
      return [name, sources];
    }),
  );

  it('starts from nothing', () => {
    expect(directives.get('default-src')).toEqual(["'none'"]);
    for (const name of ['form-action', 'frame-ancestors', 'base-uri']) {
      expect(directives.get(name)).toEqual(["'none'"]);
    }
  });

  it('runs the app’s own scripts only', () => {
    expect(directives.get('script-src')).toEqual(["'self'"]);
    expect(contentSecurityPolicy).not.toContain('unsafe-eval');
  });

  it('names no host', () => {
    const sources = [...directives.values()].flat();
    expect(sources.filter((source) => !source.startsWith("'"))).toEqual(['data:']);
  });
});

describe('permissions', () => {
  it('lets the own page write text to the clipboard', () => {
    expect(permits('clipboard-sanitized-write', 'app://hotdeck')).toBe(true);
    expect(permits('clipboard-sanitized-write', 'app://hotdeck/index.html')).toBe(true);
  });

  it.each(['', 'app://hotdeck.evil/', 'app://hotdecks', 'https://hotdeck', 'file:///'])(
    'lets %j do nothing',
    (origin) => expect(permits('clipboard-sanitized-write', origin)).toBe(false),
  );

  it.each([
    'clipboard-read',
    'display-capture',
    'fullscreen',
    'geolocation',
    'hid',
    'media',
    'midi',
    'notifications',
    'openExternal',
    'pointerLock',
    'serial',
    'usb',
    'unknown',
  ])('grants nobody %s', (permission) => {
    expect(permits(permission, 'app://hotdeck/')).toBe(false);
  });
});

describe('what may be loaded', () => {
  it.each(['app://hotdeck/a.js', 'data:image/png;base64,AA==', 'devtools://devtools/x.js'])('%s', (url) => {
    expect(mayLoad(url)).toBe(true);
  });
  it.each([
    'https://example.org/',
    'http://localhost/',
    'file:///etc/passwd',
    'ws://localhost/',
    'ftp://a/',
    '',
  ])('not %j', (url) => expect(mayLoad(url)).toBe(false));
});

describe('the window', () => {
  it('is isolated', () => {
    expect(webPreferences('/preload.cjs', true)).toMatchObject({
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      devTools: false,
    });
  });

  it('has developer tools in development only', () => {
    expect(webPreferences('/preload.cjs', false).devTools).toBe(true);
  });

  it('knows its own page', () => {
    expect(isOwnUrl('app://hotdeck/index.html')).toBe(true);
    expect(isOwnUrl('app://hotdeck@evil/')).toBe(false);
    expect(isOwnUrl('app://hotdeck.evil/')).toBe(false);
  });
});
