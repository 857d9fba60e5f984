import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, onTestFinished, test } from 'vitest';
import { childrenByParent, familyOf, parentIn } from '../../../main/engine/process/processTree.ts';
import { ProcMapsReader } from '../../../main/engine/process/procMapsReader.ts';
import { readMaps } from '../../../main/engine/process/readMaps.ts';
import { killAll, processTree } from '../../support/processes.ts';

/** A shell that waits for a program below it; resolves with the inner one's number too. */
async function shellWithChild(): Promise<{ outer: ChildProcess; pid: number; inner: number }> {
  const outer = spawn('sh', ['-c', 'sleep 60 & echo $!; wait'], { stdio: ['ignore', 'pipe', 'ignore'] });
  const { pid } = outer;
  if (pid === undefined) throw new Error('There is no sh.');
  let said = '';
  while (!said.endsWith('\n')) said += String((await once(outer.stdout, 'data'))[0]);
  const tree = processTree(pid);
  onTestFinished(() => killAll(tree));
  return { outer, pid, inner: Number(said) };
}

test('a family is found by either way to ask, parents first', async () => {
  const { pid, inner } = await shellWithChild();
  expect(familyOf(pid).slice(0, 2)).toEqual([pid, inner]);
  expect(childrenByParent()(pid)).toEqual([inner]);
  expect(familyOf(process.pid)).toContain(inner);
});

test('a process that is not there is its own family', () => {
  expect(familyOf(2 ** 22 + 1)).toEqual([2 ** 22 + 1]);
});

test.each([
  ['12 (sh) S 7 12 12 0', 7],
  ['12 (a) b) (c) R 8 12 12 0', 8],
  ['', null],
  ['12 (sh', null],
])('the parent in %j is %s', (text, parent) => {
  expect(parentIn(text)).toBe(parent);
});

test('eyes see every process, and know the one that has the libraries', async () => {
  const { pid, inner } = await shellWithChild();
  const sight = new ProcMapsReader(pid, ({ path }) => path.includes('/libc')).look();
  expect(sight).toMatchObject({ kind: 'seen', server: pid, hidden: [] });
  const seen = sight.kind === 'seen' ? sight.processes.map((each) => each.pid) : [];
  expect(seen.slice(0, 2)).toEqual([pid, inner]);
});

test('a glance tells what a look told, until the process is gone', async () => {
  const { outer, pid } = await shellWithChild();
  const eyes = new ProcMapsReader(pid, () => true);
  const look = eyes.look();
  expect(eyes.glance()).toBe(look);
  const gone = once(outer, 'exit');
  outer.kill('SIGKILL');
  await gone;
  expect(eyes.glance()).toEqual({ kind: 'gone' });
});

test('a process that ended and was not waited for has no maps; one that is not there neither', async () => {
  // exec leaves a parent that never waits for the child that ends.
  const parent = spawn('sh', ['-c', 'true & exec sleep 60'], { stdio: 'ignore' });
  const { pid = 0 } = parent;
  onTestFinished(() => void parent.kill('SIGKILL'));
  await expect
    .poll(() => {
      const [, child] = familyOf(pid);
      return child === undefined ? null : readMaps(child).kind;
    })
    .toBe('gone');
  expect(readMaps(2 ** 22 + 1)).toEqual({ kind: 'gone' });
});
