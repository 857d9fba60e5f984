import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..', '..', '..');
const sources = ['main', 'preload', 'renderer'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(ts|tsx|html)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name)),
);

/** The files, relative to the checkout, in which the pattern occurs. */
const filesWith = (pattern: RegExp) =>
  sources
    .filter((file) => pattern.test(readFileSync(file, 'utf8')))
    .map((file) => relative(root, file).split(sep).join('/'));

describe('in the whole source', () => {
  it.each([
    ['links are handed to the system', /\bopenExternal\b/, ['main/app/openLink.ts']],
    ['requests of the page are received', /\bipcMain\b/, ['main/app/ipc.ts']],
    ['the page’s process talks to the app', /\bipcRenderer\b/, ['preload/bridge.ts']],
    ['something is put into the page’s world', /\bcontextBridge\b/, ['preload/bridge.ts']],
    ['windows are made', /\bnew (BrowserWindow|BrowserView|WebContentsView)\b/, ['main/app/window.ts']],
    ['the page comes from elsewhere', /\bHOTDECK_DEV_PORT\b/, ['main/dev/devPage.ts']],
  ])('only one file is where %s', (_what, pattern, files) => {
    expect(filesWith(pattern)).toEqual(files);
  });

  it('nothing but the entries of the development build imports it', () => {
    expect(filesWith(/from '[./]*\/dev\//)).toEqual([]);
    expect(
      filesWith(/from '\.\.?\/(devPage|debugPorts)\.ts'/).every((file) => file.startsWith('main/dev/')),
    ).toBe(true);
  });

  it.each([
    /\bopenPath\b/,
    /\bloadFile\b|file:\/\/\//,
    /\b(sandbox|contextIsolation|webSecurity)['"]?\s*:\s*false/,
    /\b(nodeIntegration\w*|allowRunningInsecureContent|experimentalFeatures|webviewTag|enableRemoteModule)['"]?\s*:\s*true/,
    /\benableBlinkFeatures\b|\bbypassCSP\b|\bdisable-web-security\b|\bdisable-site-isolation/,
    /\bsendSync\b|\bexecuteJavaScript\b/,
    /\bdangerouslySetInnerHTML\b|\.innerHTML\s*=|\beval\(|\bnew Function\b/,
  ])('%s occurs nowhere', (pattern) => {
    expect(filesWith(pattern)).toEqual([]);
  });
});
