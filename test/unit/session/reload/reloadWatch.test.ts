import { expect, test, vi } from 'vitest';
import type { Image } from '../../../../main/engine/process/images.ts';
import type { Snapshot } from '../../../../main/engine/session/modules/serverImages.ts';
import { ReloadWatch, type WatchOptions } from '../../../../main/engine/session/reload/reloadWatch.ts';

const SERVER = 10;
const CHILD = 11;
const image = (inode: string, pid = SERVER): Image => ({
  device: 'd',
  inode,
  pid,
  path: '/x',
  deleted: false,
  address: '0-1',
});
const seen = (mapped: Record<string, Image[]>, blind: Snapshot['blind'] = null): Snapshot => ({
  mapped: new Map(Object.entries(mapped)),
  libraries: [],
  programs: new Map([[SERVER, 'p']]),
  server: SERVER,
  hidden: [],
  blind,
});
const BLIND = { kind: 'refused', code: 'EACCES' } as const;
const artifact = (inode: string) => ({ device: 'd', inode, modifiedAt: 0 });

/** A watch over a and b, which are 1 and 2 and have 3 and 4 on disk; `now` is what it sees. */
function watching(now: { sight: Snapshot | null }, more: Partial<WatchOptions> = {}): ReloadWatch {
  return new ReloadWatch({
    plan: {
      rule: 'stack',
      unload: ['b', 'a'],
      load: ['a', 'b'],
      restart: [],
      leftBehind: [],
      notTaken: [],
      unchanged: [],
      along: [],
      reasons: {},
      findings: [],
    },
    order: ['a', 'b'],
    before: seen({ a: [image('1')], b: [image('2')] }).mapped,
    artifacts: new Map([
      ['a', artifact('3')],
      ['b', artifact('4')],
    ]),
    same: (x, y) => x.inode === y.inode,
    sameFile: (x, y) => x.inode === y.inode,
    sample: () => now.sight,
    logSpeaks: () => true,
    word: 'answers',
    timeout: 60_000,
    ...more,
  });
}

/** Runs it on a clock of the test's own, ms by ms. */
async function after<T>(promise: Promise<T>, ms: number): Promise<T | 'not yet'> {
  await vi.advanceTimersByTimeAsync(ms);
  return Promise.race([promise, Promise.resolve('not yet' as const)]);
}

const OLD = { a: [image('1')], b: [image('2')] };
const NEW = { a: [image('3')], b: [image('4')] };

test('what only a child still has is no more unloaded than what the server has', async () => {
  vi.useFakeTimers();
  const now: { sight: Snapshot | null } = { sight: seen(OLD) };
  const watch = watching(now);
  const ran = watch.run();
  now.sight = seen({ a: [image('3'), image('1', CHILD)], b: [image('4')] });
  await vi.advanceTimersByTimeAsync(5);
  watch.noteReady(false);
  expect(await after(ran, 1_000)).toMatchObject({
    end: 'quiet',
    swapped: ['b'],
    stayed: ['a'],
    missing: [],
    held: [{ module: 'a', image: { pid: CHILD } }],
    server: SERVER,
  });
  expect(watch.steps.map(({ module }) => module)).toEqual(['b', 'b']);
  vi.useRealTimers();
});

test('a child that lets go in time changes nothing', async () => {
  vi.useFakeTimers();
  const now: { sight: Snapshot | null } = { sight: seen({ ...NEW, a: [image('3'), image('1', CHILD)] }) };
  const watch = watching(now);
  const ran = watch.run();
  watch.noteReady(false);
  expect(await after(ran, 200)).toBe('not yet');
  now.sight = seen(NEW);
  expect(await after(ran, 50)).toMatchObject({ end: 'complete', swapped: ['a', 'b'], stayed: [] });
  vi.useRealTimers();
});

test('a refusal counts after a moment, and not where the server is at it already', async () => {
  vi.useFakeTimers();
  const refused = watching({ sight: seen(OLD) });
  const first = refused.run();
  refused.noteRefused();
  expect(await after(first, 100)).toBe('not yet');
  expect(await after(first, 300)).toMatchObject({ end: 'refused', stayed: ['a', 'b'] });

  const now: { sight: Snapshot | null } = { sight: seen(OLD) };
  const underWay = watching(now);
  const second = underWay.run();
  underWay.noteRefused();
  underWay.noteUnderWay();
  underWay.noteRefused();
  expect(await after(second, 2_000)).toBe('not yet');
  now.sight = seen(NEW);
  underWay.noteReady(false);
  expect(await after(second, 100)).toMatchObject({ end: 'complete' });
  vi.useRealTimers();
});

test('eyes that fail on the way make it the log’s word', async () => {
  vi.useFakeTimers();
  const now: { sight: Snapshot | null } = { sight: seen(OLD) };
  const watch = watching(now);
  const ran = watch.run();
  await vi.advanceTimersByTimeAsync(10);
  expect(watch.evidence).toBe('maps');
  now.sight = seen(NEW, BLIND);
  watch.noteReady(false);
  await after(ran, 50);
  expect(watch.evidence).toBe('log');
  vi.useRealTimers();
});

test('where neither maps nor log show modules, it does not wait for them', async () => {
  vi.useFakeTimers();
  const watch = watching({ sight: seen(OLD, BLIND) }, { logSpeaks: () => false, word: 'silent' });
  expect(await after(watch.run(), 2_000)).toMatchObject({ end: 'quiet', swapped: [] });
  const patient = watching({ sight: seen(OLD, BLIND) }, { logSpeaks: () => false });
  expect(await after(patient.run(), 30_000)).toBe('not yet');
  patient.stop();
  await vi.advanceTimersByTimeAsync(100);
  vi.useRealTimers();
});

test('a look in between keeps what the log tells in order', async () => {
  const now: { sight: Snapshot | null } = { sight: seen(OLD, BLIND) };
  const watch = watching(now);
  const sights = [{ a: OLD.a }, {}, { a: NEW.a }, NEW];
  for (const mapped of sights) {
    now.sight = seen(mapped, BLIND);
    watch.look();
  }
  expect(watch.steps.map(({ step, module }) => `${step} ${module}`)).toEqual([
    'unload b',
    'unload a',
    'load a',
    'load b',
  ]);
  const times = watch.steps.map(({ at }) => at);
  expect([...times].sort((x, y) => x - y)).toEqual(times);
  expect(new Set(times).size).toBe(4);
});

test('it takes as long as its last step, not as long as its confirmation is waited for', async () => {
  vi.useFakeTimers();
  const now: { sight: Snapshot | null } = { sight: seen(OLD) };
  const watch = watching(now, { word: 'unknown' });
  const ran = watch.run();
  await vi.advanceTimersByTimeAsync(6);
  now.sight = seen(NEW);
  expect(await after(ran, 2_000)).toMatchObject({ end: 'complete', served: false });
  expect(watch.worked).toBeGreaterThanOrEqual(6);
  expect(watch.worked).toBeLessThan(20);
  expect(watch.answered).toBeNull();
  vi.useRealTimers();
});

test('a ready line from before the first unload is no answer; the one after the last load is, in that order', async () => {
  vi.useFakeTimers();
  const now: { sight: Snapshot | null } = { sight: seen(OLD) };
  const watch = watching(now);
  const ran = watch.run();
  await vi.advanceTimersByTimeAsync(2);
  watch.noteReady(false);
  await vi.advanceTimersByTimeAsync(5);
  now.sight = seen({ a: [], b: [] });
  await vi.advanceTimersByTimeAsync(10);
  // In the middle of it: of another thread, or written long ago.
  watch.noteReady(false);
  expect(watch.answered).toBeNull();
  now.sight = seen(NEW);
  watch.noteReady(false);
  expect(await after(ran, 20)).toMatchObject({ end: 'complete', served: true });
  const [first, last] = [watch.steps[0]?.at ?? 0, watch.steps.at(-1)?.at ?? 0];
  expect(first).toBeLessThan(last);
  expect(watch.answered).toBeGreaterThanOrEqual(last);
  expect(watch.worked).toBe(watch.answered);
  vi.useRealTimers();
});

test('a server that ends while its word is waited for was not reloaded well', async () => {
  vi.useFakeTimers();
  const now: { sight: Snapshot | null } = { sight: seen(OLD) };
  for (const word of ['silent', 'once', 'unknown', 'answers'] as const) {
    now.sight = seen(OLD);
    const watch = watching(now, { word });
    const ran = watch.run();
    now.sight = seen(NEW);
    await vi.advanceTimersByTimeAsync(5);
    now.sight = null;
    expect(await after(ran, 30)).toMatchObject({ end: 'gone' });
  }
  vi.useRealTimers();
});
