/** What a user does and sees in the window, by its accessible names. */
import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { listeningPort } from './port.ts';
import { groupIsAlive } from './processes.ts';

const PATIENCE_MS = 60_000;

export const button = (window: Page, name: string): Locator =>
  window.getByRole('button', { name, exact: true });
export const toolbarReload = (window: Page): Locator =>
  window.getByRole('banner').getByRole('button', { name: /^Reload( \d+)?\b/ });
export const serverStatus = (window: Page): Locator => window.getByLabel('Server status', { exact: true });
export const buildStatus = (window: Page): Locator => window.getByLabel('Build status', { exact: true });
export const node = (window: Page, module: string): Locator =>
  window.getByRole('region', { name: 'Module graph' }).locator(`[data-module="${module}"]`);

/** Waits until a status element's text begins with this word. */
export async function untilStatus(status: Locator, word: string): Promise<string> {
  await expect.poll(() => status.textContent(), { timeout: PATIENCE_MS }).toMatch(new RegExp(`^${word}`));
  return (await status.textContent()) ?? '';
}

/** Waits until just these modules are in this state. */
export async function untilInState(window: Page, state: string, modules: readonly string[]): Promise<void> {
  const nodes = window.getByRole('region', { name: 'Module graph' }).locator(`[data-state="${state}"]`);
  await expect
    .poll(
      async () =>
        (await nodes.evaluateAll((all) => all.map((each) => each.getAttribute('data-module')))).sort(),
      {
        timeout: PATIENCE_MS,
      },
    )
    .toEqual([...modules].sort());
}

/** The modules of a list in the plan, in order. */
export const planList = (window: Page, name: 'Unload order' | 'Load order'): Promise<(string | null)[]> =>
  window
    .getByRole('region', { name: 'Reload plan' })
    .getByRole('list', { name, exact: true })
    .locator('[data-module]')
    .evaluateAll((items) => items.map((item) => item.getAttribute('data-module')));

/** All that the plan's place says. */
export const planText = async (window: Page): Promise<string> =>
  (await window.getByRole('region', { name: 'Reload plan' }).textContent()) ?? '';

/** Presses Start and gives the server's process id and address. */
export async function startServer(window: Page): Promise<{ pid: number; url: string }> {
  await button(window, 'Start').click();
  await untilStatus(serverStatus(window), 'running');
  const pid = await serverPid(window);
  return { pid, url: await serverUrl(pid) };
}

export async function serverPid(window: Page): Promise<number> {
  const text = (await serverStatus(window).textContent()) ?? '';
  return Number(/pid (\d+)/.exec(text)?.[1]);
}

export async function serverUrl(pid: number): Promise<string> {
  await expect.poll(() => listeningPort(pid), { timeout: PATIENCE_MS }).not.toBeNull();
  return `http://127.0.0.1:${await listeningPort(pid)}/`;
}

/** The sample's answer, by its keys. */
export async function answer(url: string): Promise<Record<string, string>> {
  const text = await (await fetch(url)).text();
  return Object.fromEntries([...text.matchAll(/^(\w+): (.*)$/gm)].map(([, key, value]) => [key, value]));
}

/** Fails unless the server and all of its process group are gone within `ms`. */
export async function untilGone(pid: number, ms: number): Promise<void> {
  await expect.poll(() => groupIsAlive(pid), { timeout: ms, interval: 20 }).toBe(false);
}
