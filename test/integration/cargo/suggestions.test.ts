/** What the real compiler says, read and applied: the offsets of its JSON are nowhere promised in so many words. */
import { chmod, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { BuildOutcome } from '../../../main/engine/building/buildOutcome.ts';
import { Fixes } from '../../../main/engine/building/fixes/fixes.ts';
import { build, manifest, workspaceOf } from './cargo.ts';

type Ended = Exclude<BuildOutcome, { kind: 'cancelled' }>;

const BOM = '\uFEFF';
/** Two machine-applicable suggestions: one of several places in a line, one that takes a whole line away. */
const SOURCE = [
  'use std::collections::{BTreeMap, BTreeSet};',
  'use std::collections::HashMap;',
  'pub fn f(_: BTreeMap<u8, u8>) -> String {',
  '    let äö = "€😀"; /* 😀 */ let mut y = 1;',
  '    format!("{äö}{}", y as u8.pow(2))',
  '}',
  '',
].join('\n');
const GOOD = [
  'use std::collections::BTreeMap;',
  'pub fn f(_: BTreeMap<u8, u8>) -> String {',
  '    let äö = "€😀"; /* 😀 */ let y = 1;',
  '    format!("{äö}{}", (y as u8).pow(2))',
  '}',
  '',
].join('\n');

async function crate(source: string, more: Record<string, string> = {}): Promise<string> {
  return workspaceOf({ 'Cargo.toml': manifest('one'), 'src/lib.rs': source, ...more });
}

const treeOf = (root: string) => ({ root, members: new Map([['one', root]]), target: join(root, 'target') });

const offered = ({ problems }: Ended) =>
  problems.flatMap(({ id, suggestions }) =>
    suggestions
      .filter(({ state }) => state === 'offered')
      .map((each) => ({ problemId: id, suggestionId: each.id })),
  );

/** Applies all that can be applied, builds again, and so on. */
async function mend(root: string): Promise<{ outcome: Ended; applied: number }> {
  let applied = 0;
  for (;;) {
    const outcome = await build(root);
    const fixes = new Fixes();
    await fixes.take(outcome.fixes, outcome.began);
    const all = offered(outcome);
    if (all.length === 0) return { outcome, applied };
    for (const each of all) {
      expect(await fixes.apply(treeOf(root), each)).toEqual({ ok: true, value: null });
      applied += 1;
    }
  }
}

describe('suggestions of the real compiler', () => {
  test.each([
    ['plain', SOURCE, GOOD],
    ['with CRLF', SOURCE.replaceAll('\n', '\r\n'), GOOD.replaceAll('\n', '\r\n')],
    ['with a byte order mark', BOM + SOURCE, BOM + GOOD],
    ['with both', BOM + SOURCE.replaceAll('\n', '\r\n'), BOM + GOOD.replaceAll('\n', '\r\n')],
    ['with mixed line ends', SOURCE.replace('\n', '\r\n'), GOOD.replace('\n', '\r\n')],
  ])('fit to the last byte: %s', async (_, source, good) => {
    const root = await crate(source);
    const { outcome, applied } = await mend(root);
    expect(await readFile(join(root, 'src/lib.rs'), 'utf8')).toBe(good);
    expect(outcome).toMatchObject({ kind: 'ok', problems: [] });
    expect(applied).toBe(4);
  });

  test('show in their diffs what they do', async () => {
    const { problems } = await build(await crate(`${BOM}${SOURCE}`.replaceAll('\n', '\r\n')));
    const unused = problems.find(({ message }) => message.includes('HashMap'));
    expect(unused).toMatchObject({ file: 'src/lib.rs', line: 2, column: 5, package: 'one' });
    expect(unused?.suggestions[0]?.diffs).toEqual([
      {
        file: 'src/lib.rs',
        hunks: [[{ kind: 'removed', text: 'use std::collections::HashMap;', before: 2, after: null }]],
      },
    ]);
  });
});

describe('a suggestion is refused, and nothing changes,', () => {
  async function first(source = SOURCE) {
    const root = await crate(source);
    const outcome = await build(root);
    const fixes = new Fixes();
    await fixes.take(outcome.fixes, outcome.began);
    const [suggestion] = offered(outcome);
    if (suggestion === undefined) throw new Error('The compiler suggests nothing.');
    return { root, file: join(root, 'src/lib.rs'), fixes, suggestion, outcome };
  }

  test('when the file was edited since, be it far from it', async () => {
    const { root, file, fixes, suggestion } = await first();
    await writeFile(file, `${SOURCE}// more\n`);
    const refused = { ok: false, failure: { kind: 'suggestion-outdated' } };
    expect(await fixes.apply(treeOf(root), suggestion)).toMatchObject(refused);
    expect(await readFile(file, 'utf8')).toBe(`${SOURCE}// more\n`);
    // Taken back, it is what the compiler saw.
    await writeFile(file, SOURCE);
    expect(await fixes.apply(treeOf(root), suggestion)).toMatchObject({ ok: true });
  });

  test('when the file was saved while the build ran', async () => {
    const { root, file, suggestion, outcome } = await first();
    const fixes = new Fixes();
    const saved = (await stat(file)).mtimeMs;
    await fixes.take(outcome.fixes, saved - 1);
    expect(await fixes.apply(treeOf(root), suggestion)).toMatchObject({
      failure: { kind: 'suggestion-outdated' },
    });
  });

  test('when it was applied already', async () => {
    const { root, fixes, suggestion } = await first();
    expect(await fixes.apply(treeOf(root), suggestion)).toMatchObject({ ok: true });
    expect(await fixes.apply(treeOf(root), suggestion)).toMatchObject({
      failure: { kind: 'suggestion-overlaps' },
    });
  });

  test('when the file is write-protected', async () => {
    const { root, file, fixes, suggestion } = await first();
    await chmod(file, 0o444);
    expect(await fixes.apply(treeOf(root), suggestion)).toMatchObject({
      failure: { kind: 'suggestion-not-written' },
    });
    expect(await readFile(file, 'utf8')).toBe(SOURCE);
  });

  test('when the file is a link that leads out of the workspace', async () => {
    const { root, file, fixes, suggestion } = await first();
    const elsewhere = await workspaceOf({ 'lib.rs': SOURCE });
    await rm(file);
    await symlink(join(elsewhere, 'lib.rs'), file);
    expect(await fixes.apply(treeOf(root), suggestion)).toMatchObject({
      failure: { kind: 'suggestion-elsewhere' },
    });
    expect(await readFile(join(elsewhere, 'lib.rs'), 'utf8')).toBe(SOURCE);
  });

  test('when nobody knows it', async () => {
    const { root, fixes, suggestion } = await first();
    const unknown = { ...suggestion, problemId: 'nobody' };
    expect(await fixes.apply(treeOf(root), unknown)).toMatchObject({
      failure: { kind: 'unknown-suggestion' },
    });
  });
});

test('a file keeps its mode', async () => {
  const root = await crate(SOURCE);
  const file = join(root, 'src/lib.rs');
  await chmod(file, 0o764);
  await mend(root);
  expect((await stat(file)).mode & 0o7777).toBe(0o764);
});

test('the same problem of two targets is told once; one in a macro has its call', async () => {
  const main = 'mod shared;\nfn main() { shared::f(); }\n';
  const lib =
    'mod shared;\nmacro_rules! own { ($e:expr) => {{ let y: u16 = "s"; let _ = ($e, y); }}; }\npub fn g() { own!(1); shared::f() }\n';
  const shared = 'pub fn f() { let unused = 1; }\n';
  const root = await crate(lib.replace('"s"', '1'), { 'src/main.rs': main, 'src/shared.rs': shared });
  const { problems } = await build(root);
  expect(problems).toMatchObject([{ level: 'warning', file: 'src/shared.rs', line: 1, column: 18 }]);
  await writeFile(join(root, 'src/lib.rs'), lib);
  const broken = (await build(root)).problems.filter(({ level }) => level === 'error');
  expect(broken).toMatchObject([{ code: 'E0308', file: 'src/lib.rs', line: 2 }]);
  const called = broken[0]?.spans.find(({ label }) => label === 'in this call of own!');
  expect(called).toMatchObject({ file: 'src/lib.rs', line: 3, primary: false });
});
