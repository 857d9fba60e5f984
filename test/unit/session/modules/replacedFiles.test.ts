import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Artifact } from '../../../../main/engine/process/artifacts.ts';
import { type Replaced, ReplacedFiles } from '../../../../main/engine/session/modules/replacedFiles.ts';

const told: Replaced[] = [];
let files = new ReplacedFiles();
beforeEach(() => {
  vi.useFakeTimers();
  told.length = 0;
  files = new ReplacedFiles();
  files.on('replaced', (replaced) => told.push(replaced));
});
afterEach(() => {
  files.close();
  vi.useRealTimers();
});

function artifact(inode: number, code: string | null): Artifact {
  const stamp = { dev: 1n, ino: BigInt(inode), size: 1n, mtimeNs: 1n, ctimeNs: 1n, nlink: 1n };
  return { device: 'd', inode: String(inode), modifiedAt: 0, stamp, ...(code === null ? {} : { code }) };
}
const look = (a: Artifact | null, isOurs = false): void => files.note(new Map([['a', a]]), isOurs);
const modules = (): string[][] => {
  vi.advanceTimersByTime(5_000);
  return told.map((each) => each.modules);
};

test('other code that was not built here is told once, whenever it is read', () => {
  look(artifact(1, 'x'));
  look(artifact(2, null));
  look(artifact(2, 'y'));
  look(artifact(2, 'y'));
  expect(modules()).toEqual([['a']]);
});

test('what was built here is nobody else’s, also if it is read later', () => {
  look(artifact(1, 'x'));
  look(artifact(2, null), true);
  look(artifact(2, 'y'));
  expect(modules()).toEqual([]);
  look(artifact(3, 'z'));
  expect(modules()).toEqual([['a']]);
});

test('the same code in another file, or at another time, is nothing to tell', () => {
  look(artifact(1, 'x'));
  look(artifact(2, 'x'));
  look(null);
  look(artifact(3, 'x'));
  expect(modules()).toEqual([]);
});
