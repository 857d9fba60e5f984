import type { Page } from 'playwright-core';

/** "can't be swapped" claims nothing. */
const DENIAL = /(?:can.t|cannot|could not|couldn.t|not|never) (?:be )?swapped/gi;

/**
 * Notes every text with the word "swapped" that the plan or an alert shows from now on, for however short a time.
 * @returns a function that gives those that claim it.
 */
export async function noteClaims(window: Page): Promise<() => Promise<string[]>> {
  await window.evaluate(() => {
    const seen = new Set<string>();
    Reflect.set(globalThis, 'claimsSeen', seen);
    const look = (): void => {
      for (const place of document.querySelectorAll('[aria-label="Reload plan"], [role="alert"]')) {
        const texts = document.createTreeWalker(place, NodeFilter.SHOW_TEXT);
        while (texts.nextNode()) {
          const text = texts.currentNode.nodeValue ?? '';
          if (/swapped/i.test(text)) seen.add(text);
        }
      }
    };
    new MutationObserver(look).observe(document.body, {
      subtree: true,
      childList: true,
      characterData: true,
    });
    look();
  });
  return async () => {
    const seen = await window.evaluate((): string[] => [...Reflect.get(globalThis, 'claimsSeen')]);
    return seen.filter((text) => /swapped/i.test(text.replaceAll(DENIAL, '')));
  };
}
