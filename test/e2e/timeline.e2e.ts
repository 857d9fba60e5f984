/** The line of time and the record in the real window: gestures, keys, its key, what is broken, and how well all of it reads. */
import { appendFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { expect, onTestFinished, test } from 'vitest';
import { workspaceId } from '../../main/engine/session/workspaceId.ts';
import { evidence, launchApp } from '../support/app.ts';
import { weakTexts } from '../support/contrast.ts';
import { copyBuiltSample } from '../support/fixtures/builtSample.ts';
import { writePast } from '../support/fixtures/history.ts';
import { copySample, setGreeting } from '../support/fixtures/sample.ts';
import { temporaryFolder } from '../support/folders.ts';
import {
  buildStatus,
  planText,
  serverStatus,
  startServer,
  toolbarReload,
  untilStatus,
} from '../support/window.ts';

const RECORDS = 400;
const PATIENCE_MS = 20_000;
/** By its name; the graph has buttons of the same names. */
const button = (window: Page, name: string): Locator =>
  window.getByRole('region', { name: 'Output' }).getByRole('button', { name, exact: true });

const canvas = (window: Page): Locator => window.locator('.timeline-canvas');
const stage = (window: Page): Locator => window.getByRole('region', { name: 'Timeline' }).getByRole('group');
const bar = (window: Page): Locator => window.getByRole('scrollbar', { name: 'Part of the history in view' });
const record = (window: Page): Locator => window.getByRole('region', { name: 'Record' });
const standing = (window: Page): Locator => window.getByRole('status', { name: 'Since when' });

/** Opens the History of a sample with a made-up past that ends broken. */
async function openPast(): Promise<Page> {
  const [root, userData] = [await temporaryFolder(), await temporaryFolder()];
  await copySample(root);
  await writePast(userData, workspaceId(root), {
    records: RECORDS,
    until: Date.now() - 60_000,
    pace: 40_000,
    broken: true,
  });
  const { window, close, complaints } = await launchApp({ workspace: root, userData });
  onTestFinished(async () => {
    await close();
    expect(complaints).toEqual([]);
  });
  await window.getByRole('tab', { name: 'History' }).click();
  await settled(window);
  return window;
}

/** All of what is in view is drawn. */
const settled = (window: Page): Promise<void> =>
  expect.poll(() => canvas(window).getAttribute('data-settled'), { timeout: PATIENCE_MS }).toBe('true');

/** What is in view, as the scroll bar tells it: ms since the epoch, to the second. */
async function inView(window: Page): Promise<{ from: number; to: number; span: number }> {
  const text = (await bar(window).getAttribute('aria-valuetext')) ?? '';
  const [from = Number.NaN, to = Number.NaN] = text.split(' to ').map((moment) => {
    const today = new Date();
    const parts = moment.split(', ');
    const day = parts.length === 1 ? today.toDateString() : parts.slice(0, -1).join(', ');
    const year = /\d{4}/.test(day) ? '' : ` ${today.getFullYear()}`;
    return Date.parse(`${day}${year} ${parts.at(-1)}`);
  });
  return { from, to, span: to - from };
}

/** Does something, and gives what is in view before and after it. */
async function looking(window: Page, act: () => Promise<void>) {
  const before = await inView(window);
  const told = await bar(window).getAttribute('aria-valuetext');
  await act();
  await expect.poll(() => bar(window).getAttribute('aria-valuetext')).not.toBe(told);
  return { before, after: await inView(window) };
}

const near = (value: number, wanted: number, by: number): void =>
  expect(Math.abs(value - wanted), `${value} is not ${wanted}`).toBeLessThanOrEqual(by);

test('wheel, pinch, drag, buttons and keys move along the line of time', async () => {
  const window = await openPast();
  const box = await canvas(window).boundingBox();
  if (box === null) throw new Error('The line of time is not there.');
  const [middle, y] = [box.x + box.width / 2, box.y + box.height * 0.9];
  await button(window, 'All').click();
  await settled(window);
  await window.mouse.move(middle, y);
  for (let i = 0; i < 3; i += 1) await button(window, 'Zoom in').click();

  // The wheel goes along it, and lets go of now; nothing is picked by that.
  const wheeled = await looking(window, async () => {
    await window.mouse.move(middle, y);
    await window.mouse.wheel(0, -box.width / 2);
  });
  near(wheeled.after.span, wheeled.before.span, 2000);
  near(wheeled.before.from - wheeled.after.from, wheeled.before.span / 2, wheeled.before.span * 0.03);
  await button(window, 'Follow').waitFor();

  // With Ctrl (as a touchpad tells a pinch) it zooms, and what lies below the pointer stays there.
  const part = 0.25;
  await window.mouse.move(box.x + box.width * part, y);
  const at = ({ from, span }: { from: number; span: number }): number => from + span * part;
  const zoomed = await looking(window, async () => {
    await window.keyboard.down('Control');
    await window.mouse.wheel(0, -240);
    await window.keyboard.up('Control');
  });
  expect(zoomed.after.span).toBeLessThan(zoomed.before.span * 0.7);
  near(at(zoomed.after), at(zoomed.before), zoomed.before.span * 0.01 + 1500);
  // The page itself did not grow.
  expect(await canvas(window).boundingBox()).toEqual(box);

  // A drag takes it along by as much.
  const dragged = await looking(window, async () => {
    await window.mouse.move(middle, y);
    await window.mouse.down();
    await window.mouse.move(middle + 40, y);
    await window.mouse.move(middle + 150, y);
    expect(await canvas(window).getAttribute('data-dragging')).toBe('true');
    await window.mouse.up();
  });
  near(dragged.after.span, dragged.before.span, 2000);
  near(dragged.before.from - dragged.after.from, (dragged.before.span * 150) / box.width, 3000);
  expect(await canvas(window).getAttribute('data-dragging')).toBeNull();
  expect(await record(window).count()).toBe(0);

  // Two fingers that go apart.
  const touch = await window.context().newCDPSession(window);
  const fingers = (type: 'touchStart' | 'touchMove' | 'touchEnd', apart: number) =>
    touch.send('Input.dispatchTouchEvent', {
      type,
      touchPoints:
        type === 'touchEnd' ? [] : [-1, 1].map((side, id) => ({ x: middle + side * apart, y, id })),
    });
  const pinched = await looking(window, async () => {
    await fingers('touchStart', 40);
    await fingers('touchMove', 60);
    await fingers('touchMove', 80);
    await fingers('touchEnd', 80);
  });
  near(pinched.after.span, pinched.before.span / 2, pinched.before.span * 0.05);
  expect(await record(window).count()).toBe(0);

  // Buttons, and the keys that do the same.
  const nearer = await looking(window, () => button(window, 'Zoom in').click());
  near(nearer.after.span, nearer.before.span / 1.6, 2000);
  const farther = await looking(window, () => button(window, 'Zoom out').click());
  near(farther.after.span, farther.before.span * 1.6, 2000);
  await stage(window).focus();
  const press = (key: string) => looking(window, () => window.keyboard.press(key));
  const plus = await press('+');
  near(plus.after.span, plus.before.span / 1.6, 2000);
  const minus = await press('-');
  near(minus.after.span, minus.before.span * 1.6, 2000);
  const right = await press('Shift+ArrowRight');
  near(right.after.from - right.before.from, right.before.span * 0.2, 2000);
  const back = await press('PageUp');
  near(back.before.from - back.after.from, back.before.span * 0.9, 2000);
  const all = await press('0');
  expect(all.after.span).toBeGreaterThan(RECORDS * 25_000);
  await press('+');
  await press('Home');
  expect((await inView(window)).from).toBeLessThanOrEqual(all.after.from + all.after.span * 0.1);
  await press('End');
  expect((await inView(window)).to).toBeGreaterThan(Date.now() - 1000);
  await expect.poll(() => button(window, 'Follow').count()).toBe(0);

  // The strip below: a press goes there.
  const strip = await window.locator('.mini-map').boundingBox();
  if (strip === null) throw new Error('There is no strip.');
  await looking(window, () => window.mouse.click(strip.x + 20, strip.y + strip.height / 2));
  await button(window, 'Follow').waitFor();
});

test('its key, what is broken and since when, and the way through the records by keys', async () => {
  const window = await openPast();

  // The key: what the marks mean, above all else; Escape closes it.
  await button(window, 'What the marks mean').click();
  const key = window.getByRole('region', { name: 'What the marks mean' });
  for (const text of ['build failed', 'stuck: the old image stayed', 'lived, and crashed', 'goes on now'])
    await key.getByText(text, { exact: true }).waitFor();
  await evidence(window, 'timeline-key');
  await window.keyboard.press('Escape');
  await expect.poll(() => key.isVisible()).toBe(false);
  await expect
    .poll(() => window.evaluate(() => document.activeElement?.ariaLabel))
    .toBe('What the marks mean');

  // Since when, and by which build; what went well before that is a step away.
  await expect
    .poll(() => standing(window).textContent())
    .toMatch(
      /^Broken since \d\d:\d\d:\d\d \(build failed, 2\.1 s, two errors, because \w+\/src\/\w+\.rs changed\)/,
    );
  const since = /since (\d\d:\d\d:\d\d)/.exec((await standing(window).textContent()) ?? '')?.[1];
  await standing(window).getByRole('button').first().click();
  await expect.poll(() => record(window).textContent()).toContain(`Build failed${since}`);
  const current = window.getByRole('list', { name: 'Entries' }).locator('[aria-current="true"]');
  await expect
    .poll(() => current.textContent())
    .toMatch(new RegExp(`^${since}build failed, 2.1 s, two errors, because `));
  await evidence(window, 'timeline-broken');
  const before = window.getByRole('button', { name: /^last good build: \d\d:\d\d:\d\d$/ });
  const good = (await before.textContent())?.split(': ')[1];
  await before.click();
  await expect.poll(() => record(window).textContent()).toContain(`Build ok${good}`);

  // By keys alone: line of time, record, and back to where one was.
  await stage(window).focus();
  await window.keyboard.press('ArrowRight');
  await expect
    .poll(() => stage(window).evaluate((element) => getComputedStyle(element).outlineStyle))
    .toBe('solid');
  await expect.poll(() => record(window).textContent()).toContain(`Build failed${since}`);
  await expect
    .poll(() => window.locator('.timeline [aria-live]').textContent())
    .toMatch(new RegExp(`^Build failed, .* ${since}`));
  await window.keyboard.press('Enter');
  await expect.poll(() => window.evaluate(() => document.activeElement?.ariaLabel)).toBe('Record');
  await window.keyboard.press('Escape');
  await expect.poll(() => record(window).count()).toBe(0);
  await expect.poll(() => stage(window).evaluate((element) => element === document.activeElement)).toBe(true);

  // The list: an entry has a name, a key goes on, Enter goes in, Escape comes back to it.
  await window
    .getByRole('button', { name: /^\d\d:\d\d:\d\d build failed, .* changed$/ })
    .first()
    .focus();
  await window.keyboard.press('ArrowDown');
  await expect.poll(() => record(window).textContent()).toMatch(/^Edit/);
  const focused = window.locator('.entry:focus');
  const name = await focused.textContent();
  expect(await focused.evaluate((element) => getComputedStyle(element).outlineStyle)).toBe('solid');
  await window.keyboard.press('Enter');
  await expect.poll(() => window.evaluate(() => document.activeElement?.ariaLabel)).toBe('Record');
  await window.keyboard.press('Escape');
  await expect.poll(() => focused.textContent()).toBe(name);
});

test('all that is written there reads well, in both themes', async () => {
  const window = await openPast();
  await expect.poll(() => standing(window).textContent()).toMatch(/^Broken/);
  for (const colorScheme of ['light', 'dark'] as const) {
    await window.emulateMedia({ colorScheme });
    for (const kind of ['edit', 'build', 'reload', 'server']) {
      const names = { edit: 'Edits', build: 'Builds', reload: 'Reloads', server: 'Server' };
      const filter = window
        .getByRole('group', { name: 'Filter entries' })
        .getByRole('button', { name: names[kind as keyof typeof names] });
      await filter.click();
      const row = window.locator(`.entry[data-kind="${kind}"]`).first();
      await row.click();
      await record(window).getByRole('img').waitFor();
      await evidence(window, `timeline-${kind}-${colorScheme}`);
      const { measured, weak } = await weakTexts(window.getByRole('region', { name: 'Output' }));
      expect(weak, `${kind}, ${colorScheme}`).toEqual([]);
      expect(measured).toBeGreaterThan(40);
      await filter.click();
    }
    await button(window, 'What the marks mean').click();
    const key = window.getByRole('region', { name: 'What the marks mean' });
    await evidence(window, `timeline-key-${colorScheme}`);
    expect((await weakTexts(key)).weak).toEqual([]);
    await window.keyboard.press('Escape');
  }
});

/** How wide what goes on now is in a lane, px: from the first column in its colour to the last. */
const runningWidth = (window: Page, lane: number): Promise<number> =>
  canvas(window).evaluate((element, index) => {
    const copy = document.createElement('canvas');
    const pen = copy.getContext('2d', { willReadFrequently: true });
    if (!(element instanceof HTMLCanvasElement) || pen === null) throw new Error('Nothing is drawn there.');
    [copy.width, copy.height] = [element.width, 2];
    // Through the body of a bar, below the axis.
    const axis = 20;
    const y = Math.round(axis + ((element.height - axis) / 4) * (index + 0.6));
    pen.drawImage(element, 0, y, element.width, 1, 0, 0, element.width, 1);
    pen.fillStyle = getComputedStyle(element).getPropertyValue('--busy');
    pen.fillRect(0, 1, 1, 1);
    const { data, width } = pen.getImageData(0, 0, element.width, 2);
    const isBusy = (x: number): boolean =>
      [0, 1, 2].every((part) => data[4 * x + part] === data[4 * width + part]);
    // The line of now is of the same colour, and 2 px wide.
    const places = Array.from({ length: width }, (_, x) => x).filter(isBusy);
    return (places.at(-1) ?? 0) - (places[0] ?? 0);
  }, lane);

test('what happens in a real workspace: a bar that grows, and of each record its log, problems and modules', async () => {
  const root = await temporaryFolder();
  await copyBuiltSample(root);
  const { window, close, complaints } = await launchApp({ workspace: root });
  onTestFinished(close);
  const tab = window.getByRole('tab', { name: 'History' });
  const { pid } = await startServer(window);
  await tab.click();
  await settled(window);

  // A running build grows from where it began, and is a mark of its own when it is over.
  for (let i = 0; i < 4; i += 1) await button(window, 'Zoom in').click();
  await setGreeting(root, 'api', 'Hello from a growing bar');
  await untilStatus(buildStatus(window), 'building');
  const seen: number[] = [];
  await expect
    .poll(
      async () => {
        const wide = await runningWidth(window, 1);
        if (wide > 4) seen.push(wide);
        return new Set(seen).size;
      },
      { timeout: PATIENCE_MS, interval: 20 },
    )
    .toBeGreaterThan(2);
  expect(seen).toEqual([...seen].sort((a, b) => a - b));
  await evidence(window, 'timeline-growing');
  await untilStatus(buildStatus(window), 'ok');
  await expect.poll(() => runningWidth(window, 1), { timeout: PATIENCE_MS }).toBeLessThanOrEqual(4);

  const entry = (text: RegExp): Locator =>
    window.getByRole('list', { name: 'Entries' }).getByRole('button', { name: text }).first();
  const log = (name: string): Locator => record(window).getByRole('log', { name });
  const pick = async (text: RegExp, picture: string): Promise<void> => {
    await entry(text).click({ timeout: PATIENCE_MS });
    await record(window)
      .getByRole('img', { name: /^Module graph as it was then/ })
      .waitFor();
    await evidence(window, `timeline-real-${picture}`);
  };
  const graph = (): Promise<string | null> => record(window).getByRole('img').getAttribute('aria-label');

  await pick(/build ok/, 'build');
  await expect.poll(() => log('What cargo wrote').textContent()).toContain('Finished');
  expect(await graph()).toContain('stale');
  await pick(/server ready/, 'ready');
  await expect.poll(() => log('What it wrote until then').textContent()).toContain('Listening on');
  await pick(/server started/, 'start');
  await expect.poll(() => log('Its first lines').count()).toBe(1);

  await toolbarReload(window).click();
  await expect.poll(() => planText(window), { timeout: 3 * PATIENCE_MS }).toMatch(/swapped/);
  await pick(/reload 1: three modules/, 'reload');
  await expect
    .poll(() => log('What the server wrote meanwhile').textContent())
    .toMatch(/Unloading modules(.|\n)*depot_router: Listening on/);
  expect(await graph()).toContain('loaded');

  const source = join(root, 'api/src/lib.rs');
  const good = await readFile(source, 'utf8');
  await appendFile(source, '\nfn broken() -> u32 { "no number" }\n');
  await untilStatus(buildStatus(window), 'failed');
  await pick(/build failed/, 'failed');
  await record(window)
    .getByRole('list', { name: 'Problems of this build' })
    .getByText('mismatched types')
    .waitFor();
  await expect.poll(() => log('What cargo wrote').textContent()).toContain('could not compile');
  expect(await graph()).toContain('api failed');
  await pick(/edit: api/, 'edit');
  await record(window).getByRole('button', { name: 'api/src/lib.rs' }).waitFor();

  process.kill(pid, 'SIGABRT');
  await untilStatus(serverStatus(window), 'crashed');
  await pick(/server crashed/, 'crash');
  await expect.poll(() => record(window).textContent()).toMatch(/SignalSIGABRT/);
  await writeFile(source, good);
  await expect
    .poll(() => standing(window).textContent(), { timeout: 3 * PATIENCE_MS })
    .toMatch(/^Broken since .*server crashed/);
  await window.emulateMedia({ colorScheme: 'dark' });
  await evidence(window, 'timeline-real-dark');
  expect(complaints).toEqual([]);
});
