/**
 * The History view of 100,000 records in the real window: from the first click to its picture, right after the start and
 * after a second of rest, and its frames while it is scrolled and zoomed; against a page that gets all of them and makes an
 * element of each.
 */
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { workspaceId } from '../../main/engine/workspace/workspaceId.ts';
import { type LaunchedApp, launchApp } from '../support/app.ts';
import { writePast } from '../support/fixtures/history.ts';
import { copySample } from '../support/fixtures/sample.ts';
import { residentBytes } from '../support/processes.ts';
import { benchDisplay } from './display.ts';
import { median, spread } from './statistics.ts';

const RECORDS = 100_000;
const OPENINGS = 5;
const REST_MS = 1000;
const SCROLL_MS = 2500;
/** Two frames of a screen with 60 Hz. */
const LONG_MS = 34;

interface Frames {
  typical: number;
  longest: number;
  long: number;
  count: number;
}

export async function benchHistoryWindow(): Promise<void> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'hotdeck-bench-')));
  const [root, data] = [join(folder, 'depot'), join(folder, 'data')];
  const display = await benchDisplay();
  try {
    await copySample(root);
    await writePast(data, workspaceId(root), { records: RECORDS, until: Date.now() - 60_000, pace: 40_000 });
    const atOnce: Opened[] = [];
    const rested: Opened[] = [];
    for (let opening = 0; opening < 2 * OPENINGS; opening += 1) {
      const launched = await launchApp({ workspace: root, userData: data });
      try {
        const { window } = launched;
        const rests = opening % 2 === 1;
        await window.getByRole('tab', { name: 'History' }).waitFor();
        if (rests) await window.waitForTimeout(REST_MS);
        (rests ? rested : atOnce).push(await clickToDrawn(window));
        if (opening === 2 * OPENINGS - 1) await measureFrames(launched);
      } finally {
        await launched.close();
      }
    }
    console.log(`\nHistory of ${RECORDS.toLocaleString('en')} records, the first click`);
    for (const [name, opened] of [
      ['as soon as there is a tab to click', atOnce],
      ['a second after that', rested],
    ] as const) {
      console.log(`  ${name}`);
      console.log(`    to the timeline   ${spread(opened.map(({ picture }) => picture))}`);
      console.log(`    to the list           ${spread(opened.map(({ list }) => list))}`);
    }
  } finally {
    await display.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

/** From the click, ms. */
interface Opened {
  picture: number;
  list: number;
}

const clickToDrawn = (window: Page): Promise<Opened> =>
  window.evaluate(
    () =>
      new Promise<Opened>((resolve) => {
        const tab = document.querySelector<HTMLElement>('#tab-history');
        const began = performance.now();
        let [picture, list] = [0, 0];
        const look = () => {
          const canvas = document.querySelector<HTMLElement>('.timeline-canvas');
          const now = performance.now() - began;
          if (picture === 0 && canvas?.dataset.settled === 'true') picture = now;
          if (list === 0 && document.querySelector('.entry-text') !== null) list = now;
          if (picture === 0 || list === 0) requestAnimationFrame(look);
          else resolve({ picture, list });
        };
        tab?.click();
        look();
      }),
  );

async function measureFrames({ app, window }: LaunchedApp): Promise<void> {
  const [page, engine] = await app.evaluate(({ app: electron }) => {
    const found = electron.getAppMetrics();
    const isEngine = ({ type, name = '' }: { type: string; name?: string }) =>
      type === 'Utility' && /engine/i.test(name);
    return [found.find(({ type }) => type === 'Tab')?.pid, found.find(isEngine)?.pid];
  });
  const resident = (pid: number | undefined): number => (pid === undefined ? 0 : residentBytes(pid));
  const before = [resident(page), resident(engine)] as const;
  const idle = await frames(window, 'idle');
  const scrolled: Frames[] = [];
  const zoomed: Frames[] = [];
  for (const span of ['All', 'Last week', 'Last day']) {
    await window.getByRole('button', { name: span, exact: true }).click();
    await window.waitForFunction(
      () => document.querySelector<HTMLElement>('.timeline-canvas')?.dataset.settled === 'true',
    );
    scrolled.push(await frames(window, 'scroll'));
    zoomed.push(await frames(window, 'zoom'));
  }
  const rows = await frames(window, 'list');
  const after = [resident(page), resident(engine)] as const;
  const rival = await rivalFrames(window);
  console.log(`\nFrames in ${SCROLL_MS} ms: typical, longest, how many over ${LONG_MS} ms`);
  const tell = (name: string, { typical, longest, long, count }: Frames): void =>
    console.log(
      `  ${name.padEnd(34)} ${typical.toFixed(1)} ms, ${longest.toFixed(0)} ms, ${long} of ${count}`,
    );
  tell('nothing moves', idle);
  for (const [i, span] of ['all', 'a week', 'a day'].entries()) {
    const [scroll, zoom] = [scrolled[i], zoomed[i]];
    if (scroll !== undefined) tell(`scrolled, ${span} in view`, scroll);
    if (zoom !== undefined) tell(`zoomed, ${span} in view`, zoom);
  }
  tell('the list, scrolled from end to end', rows);
  tell('an element each, scrolled', rival.frames);
  console.log(`  an element each is drawn in ${rival.made.toFixed(0)} ms`);
  const mb = (bytes: number): string => `${Math.round(bytes / 1e6)} MB`;
  for (const [i, name] of ['page', 'engine'].entries())
    console.log(
      `  resident memory of the ${name}: ${mb(before[i] ?? 0)} before, ${mb(after[i] ?? 0)} after all that`,
    );
}

const frames = (window: Page, what: 'idle' | 'scroll' | 'zoom' | 'list'): Promise<Frames> =>
  window
    .evaluate(
      ({ doing, lasts }) =>
        new Promise<number[]>((resolve) => {
          const canvas = document.querySelector('.timeline-canvas');
          const list = document.querySelector('.entries-scroll');
          const box = canvas?.getBoundingClientRect();
          const times: number[] = [];
          const began = performance.now();
          let last = began;
          const frame = (now: number) => {
            times.push(now - last);
            last = now;
            const part = (now - began) / lasts;
            if (part >= 1 || box === undefined) {
              resolve(times.slice(2));
              return;
            }
            const back = Math.floor(part * 4) % 2 === 0 ? -1 : 1;
            const wheel = {
              clientX: box.left + box.width / 2,
              clientY: box.top + 30,
              bubbles: true,
              cancelable: true,
            };
            if (doing === 'scroll')
              canvas?.dispatchEvent(new WheelEvent('wheel', { ...wheel, deltaY: back * 40 }));
            if (doing === 'zoom')
              canvas?.dispatchEvent(new WheelEvent('wheel', { ...wheel, deltaY: back * 30, ctrlKey: true }));
            if (doing === 'list' && list !== null) list.scrollTop = part * list.scrollHeight;
            requestAnimationFrame(frame);
          };
          requestAnimationFrame(frame);
        }),
      { doing: what, lasts: SCROLL_MS },
    )
    .then(figures);

const figures = (times: readonly number[]): Frames => ({
  typical: median(times),
  longest: Math.max(...times),
  long: times.filter((each) => each > LONG_MS).length,
  count: times.length,
});

/** What is simplest: all records as elements at their places, in a box that scrolls. */
async function rivalFrames(window: Page): Promise<{ made: number; frames: Frames }> {
  const { made, times } = await window.evaluate(
    ({ count, lasts }) =>
      new Promise<{ made: number; times: number[] }>((resolve) => {
        const box = document.createElement('div');
        box.style.cssText =
          'position:fixed;left:0;right:0;bottom:0;height:180px;overflow:auto;background:white;z-index:99';
        const began = performance.now();
        const line = document.createElement('div');
        line.style.cssText = `position:relative;height:160px;width:${count * 4}px`;
        for (let i = 0; i < count; i += 1) {
          const mark = document.createElement('div');
          mark.title = `record ${i}`;
          mark.style.cssText = `position:absolute;left:${i * 4}px;top:${(i % 4) * 40}px;width:3px;height:24px;background:green`;
          line.append(mark);
        }
        box.append(line);
        document.body.append(box);
        requestAnimationFrame(() =>
          requestAnimationFrame(() => {
            const drawn = performance.now() - began;
            const from = performance.now();
            const all: number[] = [];
            let last = from;
            const frame = (now: number) => {
              all.push(now - last);
              last = now;
              if (now - from >= lasts) {
                box.remove();
                resolve({ made: drawn, times: all.slice(2) });
                return;
              }
              box.scrollLeft = ((now - from) / lasts) * 20_000;
              requestAnimationFrame(frame);
            };
            requestAnimationFrame(frame);
          }),
        );
      }),
    { count: RECORDS, lasts: SCROLL_MS },
  );
  return { made, frames: figures(times) };
}
