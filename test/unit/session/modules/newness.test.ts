/** Whether a server will take a file for new, by its own rule and by what was seen of its loading. */
import { describe, expect, test } from 'vitest';
import type { Image } from '../../../../main/engine/process/images.ts';
import { LoadTimes } from '../../../../main/engine/session/modules/loadTimes.ts';
import { type TakingFacts, takesForNew } from '../../../../main/engine/session/modules/newness.ts';

const artifact = (inode: string, modifiedAt: number) => ({ device: 'd', inode, modifiedAt });
const takes = (newness: TakingFacts['newness'], more: Partial<TakingFacts> = {}) =>
  takesForNew({
    newness,
    artifact: artifact('2', 150),
    loading: { file: artifact('1', 50), after: 90, before: 100 },
    isStale: true,
    ...more,
  });

describe('newer-time', () => {
  test.each([
    [150, 'yes'],
    [90, 'no'],
    [50, 'no'],
    // Between the two looks: nobody saw what came first.
    [95, 'unknown'],
  ])('a file of %i, loaded between 90 and 100: %s', (time, expected) => {
    expect(takes('newer-time', { artifact: artifact('2', time) })).toBe(expected);
    // What is in the file has no say.
    expect(takes('newer-time', { artifact: artifact('2', time), isStale: false })).toBe(expected);
  });
  test('without a look at the loading nothing is known', () => {
    expect(takes('newer-time', { loading: null })).toBe('unknown');
  });
});

describe('file-identity', () => {
  const loading = { file: artifact('1', 50), after: 90, before: 100 };
  test('takes another inode for new, older or not', () => {
    expect(takes('file-identity', { artifact: artifact('2', 1) })).toBe('yes');
    expect(takes('file-identity', { artifact: artifact('1', 50), loading })).toBe('no');
  });
  test('does not know whether a touched file is taken for new: some servers compare times, others do not', () => {
    expect(takes('file-identity', { artifact: artifact('1', 150), loading })).toBe('unknown');
  });
});

test('content: takes different content for new, whatever the file’s time and inode', () => {
  expect(takes('content', { artifact: artifact('1', 1), loading: null })).toBe('yes');
  expect(takes('content', { isStale: false })).toBe('no');
});

describe('when a module was loaded', () => {
  const image = (inode: string, address = '7f00-7f10'): Image => ({
    device: 'd',
    inode,
    pid: 7,
    path: '/x',
    deleted: false,
    address,
  });
  const look = (times: LoadTimes, at: number, mapped: Image | null, file = artifact('1', 5)): void =>
    times.note(new Map(mapped === null ? [] : [['m', mapped]]), new Map([['m', file]]), at);

  test('lies between two looks', () => {
    const times = new LoadTimes();
    look(times, 10, null);
    look(times, 20, image('1'));
    look(times, 30, image('1'), artifact('1', 25));
    expect(times.of('m')).toEqual({ file: artifact('1', 5), after: 10, before: 20 });
    look(times, 40, image('2'), artifact('2', 35));
    expect(times.of('m')).toEqual({ file: artifact('2', 35), after: 30, before: 40 });
    // The same file somewhere else: it was loaded again.
    look(times, 50, image('2', '7f20-7f30'), artifact('2', 35));
    expect(times.of('m')).toMatchObject({ after: 40, before: 50 });
    look(times, 60, null);
    expect(times.of('m')).toBeNull();
  });

  test('is after the start of the server, where the first look shows it', () => {
    const times = new LoadTimes();
    times.begin(8);
    look(times, 10, image('1'));
    expect(times.of('m')).toMatchObject({ after: 8, before: 10 });
  });

  test('is told more closely by a reload, also where the image looks the same', () => {
    const times = new LoadTimes();
    look(times, 10, image('1'));
    times.noteLoaded('m', 12, 13);
    look(times, 20, image('1'), artifact('1', 11));
    expect(times.of('m')).toEqual({ file: artifact('1', 11), after: 12, before: 13 });
  });

  test('may be later than was seen: then the file is unknown, too', () => {
    const times = new LoadTimes();
    look(times, 10, null);
    look(times, 20, image('1'));
    times.noteMaybeLoaded('m', 100);
    expect(times.of('m')).toEqual({ file: null, after: 10, before: 100 });
  });
});
