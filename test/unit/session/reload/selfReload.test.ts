/** What a server that reloads by itself takes late, or not at all. */
import { expect, test } from 'vitest';
import type { Plan } from '#shared/contract.ts';
import type { Unnumbered } from '../../../../main/engine/session/notices/notices.ts';
import { SelfReload } from '../../../../main/engine/session/reload/selfReload.ts';
import { aSession } from '../../../support/session.ts';

const plan = (parts: Partial<Plan> = {}): Plan => ({ ...aSession().plan, ...parts });
const stale = (...load: string[]): Plan => plan({ unload: load.toReversed(), load });

function watching(): { self: SelfReload; told: () => Unnumbered | null } {
  let notice: Unnumbered | null = null;
  const self = new SelfReload({
    notices: {
      add: (added) => {
        notice = added;
      },
      clear: () => {
        notice = null;
      },
    },
    label: (name) => name,
  });
  return { self, told: () => notice };
}

test('a new file is awaited; after five seconds it is late, until it is taken', () => {
  const { self, told } = watching();
  expect(self.note(plan(), 0)).toBe(false);
  expect(self.note(stale('left'), 1_000)).toBe(true);
  expect(self.note(stale('left'), 6_000)).toBe(true);
  expect(told()).toBeNull();
  expect(self.note(stale('left'), 6_001)).toBe(false);
  expect(told()).toMatchObject({
    kind: 'late-reload',
    message: expect.stringMatching(
      /^left on disk is new since .*, and the server still runs the old code\.$/,
    ),
    actions: ['restart'],
  });
  expect(self.note(stale('left', 'right'), 7_000)).toBe(true);
  expect(self.note(stale('right'), 8_000)).toBe(true);
  expect(told()).toBeNull();
  expect(self.note(stale('right'), 13_000)).toBe(false);
  expect(told()?.message).toContain('right on disk is new');
});

test('what comes back unchanged is not awaited, what the rule does not reach is', () => {
  const { self, told } = watching();
  expect(self.note(plan({ ...stale('left'), unchanged: ['left'] }), 0)).toBe(false);
  self.note(plan({ leftBehind: ['left'] }), 0);
  self.note(plan({ leftBehind: ['left'] }), 6_000);
  expect(told()?.message).toContain('left');
});

test('without such a server nothing is late', () => {
  const { self, told } = watching();
  self.note(stale('left'), 0);
  self.note(stale('left'), 6_000);
  expect(self.note(null, 6_001)).toBe(false);
  expect(told()).toBeNull();
});
