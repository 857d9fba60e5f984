import { expect, test } from 'vitest';
import type { ReloadStep } from '#shared/contract.ts';
import { deviationsOf } from '../../../../main/engine/session/reload/deviations.ts';

const plan = { unload: ['c', 'b', 'a'], load: ['a', 'b', 'c'] };

/** `-c1` is "c was unloaded at 1 ms", `+c1` "c was loaded". */
const steps = (text: string): ReloadStep[] =>
  text
    .split(' ')
    .filter((each) => each !== '')
    .map((each) => ({
      step: each.startsWith('-') ? 'unload' : 'load',
      module: each.slice(1, 2),
      at: Number(each.slice(2)),
    }));

const told = (text: string, stayed: string[] = []): string[] =>
  deviationsOf({ plan, steps: steps(text), stayed, label: (name) => name.toUpperCase() });

test.each([
  ['-c1 -b2 -a3 +a4 +b5 +c6'],
  // One look tells no order.
  ['-a1 -b1 -c1 +c1 +b1 +a1'],
  ['-c1 -b1 -a1 +a9 +b9 +c9'],
  [''],
])('says nothing of a reload that went as planned: %s', (text) => {
  expect(told(text)).toEqual([]);
});

test('leaves it to the verdict if nothing moved at all', () => {
  expect(told('', ['a', 'b', 'c'])).toEqual([]);
});

test.each<[string, string[], string[]]>([
  ['-c1 -b2 -a3 -x4 +x5 +a6 +b7 +c8', [], ['X was unloaded and loaded again, which was not in the plan.']],
  ['-c1 -b2 -a3 -x4 +a6 +b7 +c8', [], ['X was unloaded and not loaded again, which was not in the plan.']],
  ['-c1 -b2 -a3 +x5 +a6 +b7 +c8', [], ['X was loaded, which was not in the plan.']],
  ['-c1 +c8', ['a', 'b'], ['B, A were to be unloaded, and stayed.']],
  ['-c1 -b2 +b7 +c8', ['a'], ['A was to be unloaded, and stayed.']],
  ['-b1 -c2 -a3 +a4 +b5 +c6', [], ['B was unloaded before C; the plan has it the other way round.']],
  ['-c1 -b2 -a3 +a4 +c5 +b6', [], ['C was loaded before B; the plan has it the other way round.']],
  [
    '-c1 +c2 -b3 -a4 +a5 +b6',
    [],
    ['C was loaded before A; the plan has it the other way round.', 'C was loaded before A was unloaded.'],
  ],
])('names what differs from the plan: %s, stayed %j', (text, stayed, sentences) => {
  expect(told(text, stayed)).toEqual(sentences);
});

test('a long list is cut', () => {
  const many = { unload: [...'gfedcba'], load: [...'abcdefg'] };
  const seen = deviationsOf({
    plan: many,
    steps: steps('-a1 -b2 -c3 -d4 -e5 -f6 -g7 +a8 +b9 +c10 +d11 +e12 +f13 +g14'),
    stayed: [],
    label: (name) => name,
  });
  expect(seen).toHaveLength(4);
  expect(seen[3]).toBe('3 more steps came in another order.');
});
