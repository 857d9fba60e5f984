/** The timeline and the record in the real window: gestures, keys, its key, what is broken, and how well all of it reads. */
import type { Locator, Page } from 'playwright-core';
import { expect, onTestFinished, test } from 'vitest';
import { workspaceId } from '../../main/engine/workspace/workspaceId.ts';
import { evidence, launchApp } from '../support/app.ts';
import { weakTexts } from '../support/contrast.ts';
import { writePast } from '../support/fixtures/history.ts';
import { copySample } from '../support/fixtures/sample.ts';
import { temporaryFolder } from '../support/folders.ts';
import { canvas, historyButton, historyTab, record, settled, standing } from '../support/historyTab.ts';

const RECORDS = 400;
const stage = (window: Page): Locator => window.getByRole('region', { name: 'Timeline' }).getByRole('group');
const bar = (window: Page): Locator => window.getByRole('scrollbar', { name: 'Visible part of the history' });
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
  await historyTab(window).click();
  await settled(window);
  return window;
}

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

test('wheel, pinch, drag, buttons and keys move along the timeline', async () => {
  const window = await openPast();
  const box = await canvas(window).boundingBox();
  if (box === null) throw new Error('The timeline is not there.');
  const [middle, y] = [box.x + box.width / 2, box.y + box.height * 0.9];
  await historyButton(window, 'All').click();
  await settled(window);
  await window.mouse.move(middle, y);
  for (let i = 0; i < 3; i += 1) await historyButton(window, 'Zoom in').click();

  // The wheel goes along it, and lets go of now; nothing is picked by that.
  const wheeled = await looking(window, async () => {
    await window.mouse.move(middle, y);
    await window.mouse.wheel(0, -box.width / 2);
  });
  near(wheeled.after.span, wheeled.before.span, 2000);
  near(wheeled.before.from - wheeled.after.from, wheeled.before.span / 2, wheeled.before.span * 0.03);
  await historyButton(window, 'Follow').waitFor();

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
  const nearer = await looking(window, () => historyButton(window, 'Zoom in').click());
  near(nearer.after.span, nearer.before.span / 1.6, 2000);
  const farther = await looking(window, () => historyButton(window, 'Zoom out').click());
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
  await expect.poll(() => historyButton(window, 'Follow').count()).toBe(0);

  // The strip below: a press goes there.
  const strip = await window.locator('.mini-map').boundingBox();
  if (strip === null) throw new Error('There is no strip.');
  await looking(window, () => window.mouse.click(strip.x + 20, strip.y + strip.height / 2));
  await historyButton(window, 'Follow').waitFor();
});

test('its key, what is broken and since when, and the way through the records by keys', async () => {
  const window = await openPast();

  // The key: what the marks mean, above all else; Escape closes it.
  await historyButton(window, 'Timeline legend').click();
  const key = window.getByRole('region', { name: 'Timeline legend' });
  for (const text of ['failed', 'stuck (old copy still loaded)', 'ran, then crashed', 'in progress'])
    await key.getByText(text, { exact: true }).waitFor();
  await evidence(window, 'timeline-key');
  await window.keyboard.press('Escape');
  await expect.poll(() => key.isVisible()).toBe(false);
  await expect.poll(() => window.evaluate(() => document.activeElement?.ariaLabel)).toBe('Timeline legend');

  // Since when, and by which build; what went well before that is a step away.
  await expect
    .poll(() => standing(window).textContent())
    .toMatch(
      // What was not today has its date.
      /^Broken since (?:\w+ \d+, )?\d\d:\d\d:\d\d \(build failed, 2\.1 s, 2 errors, because \w+\/src\/\w+\.rs changed\)/,
    );
  const since = /since (?:\w+ \d+, )?(\d\d:\d\d:\d\d)/.exec(
    (await standing(window).textContent()) ?? '',
  )?.[1];
  await standing(window).getByRole('button').first().click();
  await expect
    .poll(() => record(window).textContent())
    .toMatch(new RegExp(`Build failed(?:\\w+ \\d+, )?${since}`));
  const current = window.getByRole('list', { name: 'Events' }).locator('[aria-current="true"]');
  await expect
    .poll(() => current.textContent())
    .toMatch(new RegExp(`^${since}build failed, 2.1 s, 2 errors, because `));
  await evidence(window, 'timeline-broken');
  const before = window.getByRole('button', { name: /^last good build: \d\d:\d\d:\d\d$/ });
  const good = (await before.textContent())?.split(': ')[1];
  await before.click();
  await expect.poll(() => record(window).textContent()).toContain(`Build ok${good}`);

  // By keys alone: timeline, record, and back to where one was.
  await stage(window).focus();
  await window.keyboard.press('ArrowRight');
  await expect
    .poll(() => stage(window).evaluate((element) => getComputedStyle(element).outlineStyle))
    .toBe('solid');
  await expect
    .poll(() => record(window).textContent())
    .toMatch(new RegExp(`Build failed(?:\\w+ \\d+, )?${since}`));
  await expect
    .poll(() => window.locator('.timeline [aria-live]').textContent())
    .toMatch(new RegExp(`^Build failed, .* ${since}`));
  await window.keyboard.press('Enter');
  await expect.poll(() => window.evaluate(() => document.activeElement?.ariaLabel)).toBe('Event details');
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
  await expect.poll(() => window.evaluate(() => document.activeElement?.ariaLabel)).toBe('Event details');
  await window.keyboard.press('Escape');
  await expect.poll(() => focused.textContent()).toBe(name);
});

test('all that is written there reads well, in both themes', async () => {
  const window = await openPast();
  await expect.poll(() => standing(window).textContent()).toMatch(/^Broken/);
  for (const colorScheme of ['light', 'dark'] as const) {
    await window.emulateMedia({ colorScheme });
    const filters = { edit: 'Edits', build: 'Builds', reload: 'Reloads', server: 'Server' };
    for (const [kind, name] of Object.entries(filters)) {
      const filter = window.getByRole('group', { name: 'Filter events' }).getByRole('button', { name });
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
    await historyButton(window, 'Timeline legend').click();
    const key = window.getByRole('region', { name: 'Timeline legend' });
    await evidence(window, `timeline-key-${colorScheme}`);
    expect((await weakTexts(key)).weak).toEqual([]);
    await window.keyboard.press('Escape');
  }
});
