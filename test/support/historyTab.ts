/** What stands in the History tab, by its accessible names. */
import type { Locator, Page } from 'playwright-core';

export const historyTab = (window: Page): Locator => window.getByRole('tab', { name: 'History' });

/** The rows of the list that are on screen, the latest first. */
export const entries = (window: Page): Locator =>
  window.getByRole('list', { name: 'Entries' }).locator('button');

/** The sentences of those. */
export const entryTexts = (window: Page): Promise<string[]> =>
  window.getByRole('list', { name: 'Entries' }).locator('.entry-text').allTextContents();

/** All about the entry that is picked. */
export const record = (window: Page): Locator => window.getByRole('region', { name: 'Record' });

/** The line at the top: since when all is well, or something broken. */
export const standing = (window: Page): Locator => window.getByRole('status', { name: 'Since when' });
