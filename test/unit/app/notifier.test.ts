import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { NewsKind } from '#shared/contract.ts';
import { APART_MS, Notifier } from '../../../main/app/notifier.ts';
import type { News } from '../../../main/engine/protocol.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }));
afterEach(() => void vi.useRealTimers());

const news = (title: string, tab: News['tab'] = 'problems'): News => ({ title, body: '', tab });

function setUp() {
  const world = { isLookedAt: false, unwanted: new Set<NewsKind>(), log: [] as string[] };
  const clicks: (() => void)[] = [];
  const notifier = new Notifier({
    isLookedAt: () => world.isLookedAt,
    wants: (kind) => !world.unwanted.has(kind),
    show({ title }, onClick) {
      world.log.push(`+${title}`);
      clicks.push(onClick);
      return { close: () => world.log.push(`-${title}`) };
    },
    open: (tab) => world.log.push(`open ${tab}`),
  });
  return { notifier, world, click: () => clicks.at(-1)?.() };
}

test('tells while nobody looks; a click opens the place', () => {
  const { notifier, world, click } = setUp();
  notifier.tell('build', news('one'));
  click();
  expect(world.log).toEqual(['+one', 'open problems']);
});

test('is silent while somebody looks, and about what is not wanted', () => {
  const { notifier, world } = setUp();
  world.isLookedAt = true;
  notifier.tell('build', news('one'));
  world.isLookedAt = false;
  world.unwanted.add('crash');
  notifier.tell('crash', news('two'));
  expect(world.log).toEqual([]);
});

test('the next of a kind replaces the last, not too soon, and only the latest', () => {
  const { notifier, world } = setUp();
  for (const title of ['one', 'two', 'three']) notifier.tell('build', news(title));
  notifier.tell('crash', news('crash'));
  expect(world.log).toEqual(['+one', '+crash']);
  vi.advanceTimersByTime(APART_MS);
  expect(world.log).toEqual(['+one', '+crash', '-one', '+three']);
  vi.advanceTimersByTime(10 * APART_MS);
  expect(world.log).toHaveLength(4);
});

test('what is no longer so is taken back, shown or waiting', () => {
  const { notifier, world } = setUp();
  notifier.tell('build', news('one'));
  notifier.tell('build', news('two'));
  notifier.tell('build', null);
  vi.advanceTimersByTime(2 * APART_MS);
  expect(world.log).toEqual(['+one', '-one']);
});

test('who comes back sees it in the window', () => {
  const { notifier, world } = setUp();
  notifier.tell('build', news('one'));
  notifier.tell('build', news('two'));
  notifier.seen();
  vi.advanceTimersByTime(2 * APART_MS);
  expect(world.log).toEqual(['+one', '-one']);
  vi.clearAllTimers();
});
