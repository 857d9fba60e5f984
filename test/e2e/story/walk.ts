/** What the History tab shows of each record: its row, and all of its panel. */
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { entries, entryTexts, historyTab } from '../../support/historyTab.ts';

export interface Shown {
  time: string;
  text: string;
  kind: string;
  outcome: string;
  /** The panel's head, and when it says that it was. */
  head: string;
  when: string;
  /** What stands beside each term. */
  facts: Record<string, string>;
  /** The lists in it, by their names. */
  lists: Record<string, string[]>;
}

const PATIENCE_MS = 20_000;

/**
 * Goes through the list by key, from the latest to the first. @returns them in the order in which they happened.
 * @param latest what the first row says once all is there.
 */
export async function walkThrough(window: Page, latest: RegExp): Promise<Shown[]> {
  await historyTab(window).click();
  const top = async (): Promise<string | undefined> => (await entryTexts(window))[0];
  await expect.poll(top, { timeout: PATIENCE_MS }).toMatch(latest);
  await entries(window).first().click();
  await window.keyboard.press('Home');
  const rows = Number(
    await window.getByRole('list', { name: 'Events' }).locator('li').first().getAttribute('aria-setsize'),
  );
  const all: Shown[] = [];
  for (let row = 1; row <= rows; row += 1) {
    if (row > 1) await window.keyboard.press('ArrowDown');
    let shown: Shown | null = null;
    await expect
      .poll(
        async () => {
          shown = await lookAt(window, row);
          return shown;
        },
        { timeout: PATIENCE_MS, message: `row ${row}` },
      )
      .not.toBeNull();
    all.unshift(...(shown === null ? [] : [shown]));
  }
  return all;
}

/** Null: it is not there yet. */
const lookAt = (window: Page, row: number): Promise<Shown | null> =>
  window.evaluate((place): Shown | null => {
    const textOf = (within: Element | null, selector: string): string =>
      within?.querySelector(selector)?.textContent ?? '';
    const entry = document.querySelector(`li[aria-posinset="${place}"] button[aria-current="true"]`);
    const panel = document.querySelector('section[aria-label="Event details"]');
    // Its head has a sign only once what is picked is read.
    const isRead = panel?.querySelector('h3 svg') != null;
    if (entry === null || panel === null || !isRead) return null;
    const facts = [...panel.querySelectorAll('.fact')].map((fact) => [
      textOf(fact, 'dt'),
      textOf(fact, 'dd'),
    ]);
    const lists = [...panel.querySelectorAll('ol[aria-label], ul[aria-label]')].map((list) => [
      list.getAttribute('aria-label') ?? '',
      [...list.children].map((item) => item.textContent),
    ]);
    return {
      time: textOf(entry, '.entry-time'),
      text: textOf(entry, '.entry-text'),
      kind: entry.getAttribute('data-kind') ?? '',
      outcome: entry.getAttribute('data-outcome') ?? '',
      head: textOf(panel, 'h3'),
      when: textOf(panel, '.record-when'),
      facts: Object.fromEntries(facts),
      lists: Object.fromEntries(lists),
    };
  }, row);
