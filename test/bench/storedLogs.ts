/**
 * Looking into yesterday's run of 1 GB: a search of all of it against grep on the same files, and its end on the screen,
 * against tail. The files are in the page cache for all of them.
 */
import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from 'playwright-core';
import { LogSearch } from '../../main/engine/logs/search/logSearch.ts';
import { workspaceId } from '../../main/engine/workspace/workspaceId.ts';
import { checkoutRoot } from '../../main/launch/checkout.ts';
import { launchApp } from '../support/app.ts';
import { writePrinter } from '../support/fixtures/printer.ts';
import { benchDisplay } from './display.ts';
import { RARE, storeRun } from './logLines.ts';
import { reportPairs, spread } from './statistics.ts';

const BYTES = 1_000_000_000;
const PAIRS = 5;
const LOOKS = 21;
const SCREEN = 200;
const READY_MS = 3000;

interface Stored {
  folder: string;
  run: string;
  /** Its files, in order. */
  files: string[];
}

interface Searched {
  what: string;
  text: string;
  regex: boolean;
  caseSensitive: boolean;
  grep: readonly string[];
}

/** What is looked for, and how grep is told; all of it is rare. */
const SEARCHES: readonly Searched[] = [
  { what: 'a plain text', text: RARE, regex: false, caseSensitive: true, grep: ['-cF', RARE] },
  { what: 'the same in any case', text: RARE, regex: false, caseSensitive: false, grep: ['-ciF', RARE] },
  {
    what: 'a regular expression with a word in it',
    text: 'needle [a-z]+ the h[ae]y',
    regex: true,
    caseSensitive: true,
    grep: ['-cE', 'needle [a-z]+ the h[ae]y'],
  },
  {
    what: 'a regular expression without one',
    text: '[a-z]{6} in [a-z]{3} h[ae]y',
    regex: true,
    caseSensitive: true,
    grep: ['-cE', '[a-z]{6} in [a-z]{3} h[ae]y'],
  },
];

export async function benchStoredLogs(): Promise<void> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'hotdeck-bench-')));
  const search = new LogSearch(pathToFileURL(join(checkoutRoot(), 'dist/main/searcher.js')));
  try {
    const [root, data] = [join(folder, 'workspace'), join(folder, 'data')];
    await mkdir(root);
    const began = performance.now();
    const { bytes, lines, ...stored } = await storeRun(data, workspaceId(root), BYTES);
    const seconds = (performance.now() - began) / 1000;
    console.log(
      `\nA run of ${(bytes / 1e9).toFixed(2)} GB, ${lines.toLocaleString('en')} lines, made and stored in ${seconds.toFixed(1)} s`,
    );
    const files = (await readdir(stored.folder)).filter((file) => file.endsWith('.log'));
    const paths = files
      .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))
      .map((file) => join(stored.folder, file));
    for (const searched of SEARCHES) await measureSearch(search, { ...stored, files: paths }, searched);
    await measureEnd({ ...stored, files: paths });
    await measureClick(root, data, await mkdtemp(join(folder, 'printer-')));
  } finally {
    await search.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function measureSearch(search: LogSearch, stored: Stored, searched: Searched): Promise<void> {
  const { what, grep: options, ...pattern } = searched;
  const { folder, run, files } = stored;
  const [ours, rival]: [number[], number[]] = [[], []];
  // The first round reads the files into the page cache and is not counted.
  for (let round = 0; round <= PAIRS; round += 1) {
    let began = performance.now();
    const found = await search.search({ folder, run, pattern }, { onHits: () => {} });
    const own = performance.now() - began;
    began = performance.now();
    const counted = grep([...options, ...files]);
    const other = performance.now() - began;
    if (!found.ok) throw new Error(found.failure.message);
    if (found.value.count !== counted)
      throw new Error(`${found.value.count} hits, of grep ${counted}: ${what}`);
    if (round === 0) continue;
    ours.push(own);
    rival.push(other);
  }
  reportPairs(`Search for ${what}, against grep`, 'grep   ', ours, rival);
}

/** How many lines grep finds, in all files. */
function grep(given: readonly string[]): number {
  const text = execFileSync('grep', ['-h', ...given], {
    encoding: 'utf8',
    env: { ...process.env, LC_ALL: 'C.UTF-8' },
  });
  return text.split('\n').reduce((sum, count) => sum + Number(count), 0);
}

/** The engine's part of opening a log: the last records. Each time in a worker thread of its own, as the first is. */
async function measureEnd({ folder, run, files }: Stored): Promise<void> {
  const [ours, again, rival]: [number[], number[], number[]] = [[], [], []];
  const filter = { levels: [], target: '', pattern: null, since: null };
  const question = { folder, run, filter, from: null, direction: 'backward', limit: SCREEN } as const;
  const ask = async (search: LogSearch): Promise<number> => {
    const began = performance.now();
    const page = await search.query(question);
    if (!page.ok || page.value.records.length !== SCREEN)
      throw new Error('The end of the run can’t be read.');
    return performance.now() - began;
  };
  for (let look = 0; look < LOOKS; look += 1) {
    const search = new LogSearch(pathToFileURL(join(checkoutRoot(), 'dist/main/searcher.js')));
    ours.push(await ask(search));
    again.push(await ask(search));
    await search.close();
    const began = performance.now();
    execFileSync('tail', ['-n', String(SCREEN), files.at(-1) ?? '']);
    rival.push(performance.now() - began);
  }
  reportPairs(`The last ${SCREEN} records, against tail`, 'tail   ', ours, rival);
  console.log(`  asked again   ${spread(again)}`);
}

/** From the click on "Log" to its rows, drawn. */
async function measureClick(root: string, data: string, printer: string): Promise<void> {
  await writePrinter(root, printer);
  const display = await benchDisplay();
  const launched = await launchApp({ workspace: root, userData: data });
  try {
    await launched.window.getByRole('button', { name: 'Log', exact: true }).waitFor();
    // Nobody clicks within the first seconds; by then what reads logs is ready.
    await new Promise((resolve) => setTimeout(resolve, READY_MS));
    const first = await clickToRows(launched.window);
    const later: number[] = [];
    for (let look = 1; look < LOOKS; look += 1) {
      await launched.window.getByRole('button', { name: 'Terminal', exact: true }).click();
      await launched.window.locator('article.record').first().waitFor({ state: 'detached' });
      later.push(await clickToRows(launched.window));
    }
    console.log(`\nFrom the click on "Log" to its rows`);
    console.log(`  the first time   ${first.toFixed(1)} ms`);
    console.log(`  again            ${spread(later)}`);
  } finally {
    await launched.close();
    await display.stop();
  }
}

const clickToRows = (window: Page): Promise<number> =>
  window.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const views = [...document.querySelectorAll<HTMLElement>('.view-switch button')];
        const began = performance.now();
        const look = () => {
          if (document.querySelector('article.record') === null) requestAnimationFrame(look);
          else requestAnimationFrame(() => resolve(performance.now() - began));
        };
        views.find(({ textContent }) => textContent === 'Log')?.click();
        look();
      }),
  );
