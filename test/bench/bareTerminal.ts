/** A terminal of its own in the page of the app, with the options of the app's terminals, as a rival to them. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FitAddon } from '@xterm/addon-fit';
import type { Unicode11Addon } from '@xterm/addon-unicode11';
import type { Terminal } from '@xterm/xterm';
import type { Page } from 'playwright-core';
import { checkoutRoot } from '../../main/launch/checkout.ts';

/** Pieces as large as a pty's reader could give them, and so many at the most that wait to be parsed. */
const PIECE_CHARS = 65_536;
const MOST_WAITING = 8;
/** Text goes into the page in parts of this size. */
const PART_CHARS = 4_000_000;

/** What the page of a bench has in its global scope. */
declare global {
  var benchXterm: { Terminal: typeof Terminal };
  var benchFit: { FitAddon: typeof FitAddon };
  var benchUnicode: { Unicode11Addon: typeof Unicode11Addon };
  var benchText: string[];
  var bench: { host: HTMLElement; terminal: Terminal; pieces: string[] };
}

/** A program for the page that leaves what a library exports under `name` in the global scope. */
async function library(path: string, name: string): Promise<string> {
  const source = await readFile(join(checkoutRoot(), 'node_modules', path), 'utf8');
  return `(() => { const module = { exports: {} }; const exports = module.exports;\n${source}\n;globalThis.${name} = module.exports; })()`;
}

export interface BareTerminal {
  columns: number;
  rows: number;
  /** Writes all of the text that it was made with; gives the ms until it has parsed that. */
  write(): Promise<number>;
}

/** Puts a bare terminal over the app's, of its size; it shows while it is written to. */
export async function bareTerminal(page: Page, text: string): Promise<BareTerminal> {
  await page.evaluate(await library('@xterm/xterm/lib/xterm.js', 'benchXterm'));
  await page.evaluate(await library('@xterm/addon-fit/lib/addon-fit.js', 'benchFit'));
  await page.evaluate(await library('@xterm/addon-unicode11/lib/addon-unicode11.js', 'benchUnicode'));
  await page.evaluate('globalThis.benchText = []');
  for (let at = 0; at < text.length; at += PART_CHARS) {
    await page.evaluate((part) => benchText.push(part), text.slice(at, at + PART_CHARS));
  }
  const size = await page.evaluate(async (pieceChars) => {
    const own = document.querySelector('.terminal[data-stream="server"]');
    if (own === null) throw new Error('There is no terminal.');
    const host = document.createElement('div');
    const { left, top, width, height } = own.getBoundingClientRect();
    host.style.cssText = `position:fixed;left:${left}px;top:${top}px;width:${width}px;height:${height}px;z-index:99`;
    document.body.append(host);
    const terminal = new benchXterm.Terminal({
      allowProposedApi: true,
      fontFamily: getComputedStyle(own).fontFamily,
      fontSize: 13,
      lineHeight: 1.2,
      scrollback: 10_000,
      minimumContrastRatio: 4.5,
      cursorStyle: 'bar',
      logLevel: 'off',
    });
    const fitter = new benchFit.FitAddon();
    terminal.loadAddon(fitter);
    terminal.loadAddon(new benchUnicode.Unicode11Addon());
    terminal.unicode.activeVersion = '11';
    terminal.open(host);
    fitter.fit();
    const whole = benchText.join('');
    const pieces: string[] = [];
    for (let at = 0; at < whole.length; at += pieceChars) pieces.push(whole.slice(at, at + pieceChars));
    globalThis.bench = { host, terminal, pieces };
    globalThis.benchText = [];
    host.style.display = 'none';
    return { columns: terminal.cols, rows: terminal.rows };
  }, PIECE_CHARS);
  const write = (most: number): Promise<number> =>
    page.evaluate(async (mostWaiting) => {
      const { host, terminal, pieces } = bench;
      host.style.display = '';
      await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
      const began = performance.now();
      await new Promise<void>((resolve) => {
        let [sent, read] = [0, 0];
        const feed = () => {
          while (sent < pieces.length && sent - read < mostWaiting) {
            terminal.write(pieces[sent] ?? '', () => {
              read += 1;
              if (read === pieces.length) resolve();
              else feed();
            });
            sent += 1;
          }
        };
        feed();
      });
      const took = performance.now() - began;
      host.style.display = 'none';
      return took;
    }, most);
  return { ...size, write: () => write(MOST_WAITING) };
}
