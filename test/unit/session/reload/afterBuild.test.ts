import { expect, test } from 'vitest';
import type { BuildOutcome } from '../../../../main/engine/building/buildOutcome.ts';
import { Notices } from '../../../../main/engine/session/notices/notices.ts';
import { reloadsAfterBuild } from '../../../../main/engine/session/reload/afterBuild.ts';
import { HeldReload } from '../../../../main/engine/session/reload/heldReload.ts';

const wanted = {
  outcome: 'ok',
  auto: { reloadAfterBuild: true },
  server: 'running',
  mode: 'modules',
  by: 'signal',
} as const;

test('a build that went well is followed by a reload, where the user wants that and the server takes it', () => {
  expect(reloadsAfterBuild(wanted)).toBe(true);
  expect(reloadsAfterBuild({ ...wanted, by: 'command' })).toBe(true);
  expect(reloadsAfterBuild({ ...wanted, outcome: 'failed' })).toBe(false);
  expect(reloadsAfterBuild({ ...wanted, outcome: 'cancelled' })).toBe(false);
  expect(reloadsAfterBuild({ ...wanted, auto: { reloadAfterBuild: false } })).toBe(false);
  expect(reloadsAfterBuild({ ...wanted, server: 'starting' })).toBe(false);
  expect(reloadsAfterBuild({ ...wanted, server: 'reloading' })).toBe(false);
  expect(reloadsAfterBuild({ ...wanted, mode: 'static' })).toBe(false);
  expect(reloadsAfterBuild({ ...wanted, by: 'self' })).toBe(false);
});

test('a reload that is asked for during a build is held until its end, and only one is', async () => {
  const notices = new Notices();
  const held = new HeldReload(notices);
  let finish: (outcome: BuildOutcome) => void = () => {};
  const build = new Promise<BuildOutcome>((resolve) => {
    finish = resolve;
  });
  const first = held.until(() => build);
  expect(notices.list.map(({ kind }) => kind)).toEqual(['held']);
  expect(await held.until(() => build)).toBeNull();
  finish({ kind: 'cancelled' });
  expect(await first).toEqual({ kind: 'cancelled' });
  expect(notices.list).toEqual([]);
  expect(await held.until(async () => ({ kind: 'cancelled' }))).toEqual({ kind: 'cancelled' });
});
