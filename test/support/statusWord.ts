import type { Page } from 'playwright-core';

const TIMEOUT_MS = 120_000;

/** Waits until a status element's text begins with this word. For scripts; tests have `untilStatus`, which expects. */
export async function statusWord(
  window: Page,
  name: 'Server status' | 'Build status',
  word: string,
): Promise<void> {
  await window
    .getByLabel(name, { exact: true })
    .filter({ hasText: new RegExp(`^${word}`) })
    .waitFor({ timeout: TIMEOUT_MS });
}

/** Waits until the node of this package is in this state. */
export async function nodeState(window: Page, module: string, state: string): Promise<void> {
  await window
    .locator(`[data-module="${module}"][data-state="${state}"]`)
    .first()
    .waitFor({ timeout: TIMEOUT_MS });
}
