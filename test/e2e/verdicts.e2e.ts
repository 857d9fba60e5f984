/** Reloads of every kind in the real window: the right verdict for each, and never a swap that was none. */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { checkoutRoot } from '../../main/launch/checkout.ts';
import { copyBuiltSample } from '../support/fixtures/builtSample.ts';
import { build } from '../support/fixtures/program.ts';
import { setEnvironment } from '../support/fixtures/sample.ts';
import type { VerdictCase } from './verdicts/case.ts';
import { failing } from './verdicts/failing.ts';
import { healthy } from './verdicts/healthy.ts';
import { falsehoods, page, type Result } from './verdicts/page.ts';
import { setStage } from './verdicts/stage.ts';
import { unswappable } from './verdicts/unswappable.ts';

const cases = [...healthy, ...unswappable, ...failing];
const results = new Map<string, Result>();

const environmentOf = ({ failure, hidden }: VerdictCase): Record<string, string> => ({
  ...(failure === undefined ? {} : { DEPOT_FAIL: failure }),
  ...(hidden === undefined ? {} : { DEPOT_HIDE: '1' }),
});

for (const each of cases) {
  test(each.name, async () => {
    const stage = await setStage(async (root) => {
      await copyBuiltSample(root);
      await each.prepare?.(root);
      if (each.prepare !== undefined) await build(root);
      await setEnvironment(root, environmentOf(each), each.settings);
    }, each.hidden ?? false);
    await each.act(stage);
    await stage.untilVerdict(each.verdict);
    await each.afterwards?.(stage);
    const result = { name: each.name, done: each.done, ...(await stage.outcome()) };
    expect(falsehoods(result)).toEqual([]);
    results.set(each.name, result);
  });
}

test('the table of all cases is docs/verdicts.md', async ({ skip }) => {
  const all = cases.flatMap(({ name }) => results.get(name) ?? []);
  // A case by itself makes no table.
  skip(all.length < cases.length, 'Not all cases were run, or some went wrong.');
  await expect(page(all)).toMatchFileSnapshot(join(checkoutRoot(), 'docs/verdicts.md'));
});
