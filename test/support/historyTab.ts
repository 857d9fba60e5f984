/** What stands in the History tab, by its accessible names. */
import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';

export const historyTab = (window: Page): Locator => window.getByRole('tab', { name: 'History' });

/** The rows of the list that are on screen, the latest first. */
export const entries = (window: Page): Locator =>
  window.getByRole('list', { name: 'Events' }).locator('button');

/** The sentences of those. */
export const entryTexts = (window: Page): Promise<string[]> =>
  window.getByRole('list', { name: 'Events' }).locator('.entry-text').allTextContents();

/** All about the entry that is picked. */
export const record = (window: Page): Locator => window.getByRole('region', { name: 'Event details' });

/** The line at the top: since when all is well, or something broken. */
export const standing = (window: Page): Locator => window.getByRole('status', { name: 'Since when' });

/** One of its buttons, by its whole name; the graph has buttons of the same names. */
export const historyButton = (window: Page, name: string): Locator =>
  window.getByRole('region', { name: 'Output' }).getByRole('button', { name, exact: true });

/** Where the timeline is drawn. */
export const canvas = (window: Page): Locator => window.locator('.timeline-canvas');

/** All of what is in view is drawn. */
export const settled = (window: Page): Promise<void> =>
  expect.poll(() => canvas(window).getAttribute('data-settled'), { timeout: 20_000 }).toBe('true');
