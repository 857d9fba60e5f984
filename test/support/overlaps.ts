/** Whether all that stands in a bar of the window can be seen and pressed. */
import type { Page } from 'playwright-core';

/**
 * What is wrong with the things in `bar`, a sentence each: controls that are cut off, that something else covers at their
 * middle or corners, or that overlap each other or a text.
 * @param texts selects the texts in there that no control may overlap.
 */
export function coveredIn(window: Page, bar: string, texts: string): Promise<string[]> {
  return window.evaluate(
    ([barSelector, textSelector]) => {
      const root = document.querySelector(barSelector);
      if (root === null) return [`There is no ${barSelector}.`];
      const frame = root.getBoundingClientRect();
      const controls = [...root.querySelectorAll('button')];
      const name = (each: Element) => `"${each.getAttribute('aria-label') ?? each.textContent}"`;
      const wrong: string[] = [];
      for (const control of controls) {
        const { left, right, top, bottom, width, height } = control.getBoundingClientRect();
        if (width < 10 || height < 10) wrong.push(`${name(control)} is ${width} x ${height}`);
        if (left < 0 || right > innerWidth || top < frame.top || bottom > frame.bottom + 0.5)
          wrong.push(`${name(control)} is cut off`);
        const points = [
          [(left + right) / 2, (top + bottom) / 2],
          [left + 3, top + 3],
          [right - 3, top + 3],
          [left + 3, bottom - 3],
          [right - 3, bottom - 3],
        ] as const;
        for (const [x, y] of points) {
          const there = document.elementFromPoint(x, y);
          if (there === null || !(control.contains(there) || there.contains(control)))
            wrong.push(`${name(control)} is covered by ${there === null ? 'nothing' : name(there)}`);
          else if (there !== control && there.contains(control))
            wrong.push(`a corner of ${name(control)} is not drawn`);
        }
      }
      const things = [...controls, ...root.querySelectorAll(textSelector)];
      things.forEach((one, i) => {
        for (const other of things.slice(i + 1)) {
          if (one.contains(other) || other.contains(one)) continue;
          const [a, b] = [one.getBoundingClientRect(), other.getBoundingClientRect()];
          const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
          const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
          if (across > 0.5 && down > 0.5) wrong.push(`${name(one)} and ${name(other)} overlap`);
        }
      });
      return [...new Set(wrong)];
    },
    [bar, texts] as const,
  );
}
