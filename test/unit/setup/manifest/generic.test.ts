/** Plans for a workspace that is not of the family. */
import { describe, expect, test } from 'vitest';
import { genericFiles } from './mutations.ts';
import { applied, type Files, kinds, meaning, planOf, textAfter, wayOf } from './planned.ts';

const CONFIG = '.cargo/config.toml';
const FLAG = '-Cprefer-dynamic';
const CRATE: Files = {
  'Cargo.toml': '[workspace]\nmembers = ["a"]\n',
  'a/Cargo.toml': '[package]\nname = "a"\n\n[lib]\ncrate-type = ["dylib"]\n',
};

const withConfig = (config: string, file = CONFIG): Files => ({ ...CRATE, [file]: config });

function member(manifest: string, more: Files = {}): Files {
  return { 'Cargo.toml': '[workspace]\nmembers = ["a"]\n', 'a/Cargo.toml': manifest, [CONFIG]: '', ...more };
}

test('libraries of the workspace become dynamic ones, bottom-up; programs and macros stay', () => {
  const files = genericFiles();
  const plan = planOf(files);
  expect(plan).toMatchObject({ kind: 'generic', toolchain: null, modules: ['base', 'plugin', 'other'] });
  const way = wayOf(plan, 'edits');
  expect(way.refusals).toEqual([]);
  expect(way.edits.map((edit) => edit.file).sort()).toEqual([
    CONFIG,
    'base/Cargo.toml',
    'other/Cargo.toml',
    'plugin/Cargo.toml',
  ]);
  expect(textAfter(files, way, 'base/Cargo.toml')).toBe(
    '[package]\nname = "base"\n\n[lib]\ncrate-type = ["rlib", "dylib"]\n',
  );
  expect(textAfter(files, way, 'plugin/Cargo.toml')).toContain('crate-type = ["rlib", "dylib"] # for now\n');
  expect(textAfter(files, way, 'other/Cargo.toml')).toBe(
    '[package]\nname = "other"\nversion = "1.0.0"\n#publish = false\n\n[lib]\ncrate-type = ["rlib", "dylib"]\n\n[dependencies]\nplugin = { path = "../plugin" }\n',
  );
  expect(textAfter(files, way, CONFIG)).toContain(`  "-Cdebuginfo=1", # lines\n  "${FLAG}",\n]`);
  const flags = wayOf(plan, 'flags');
  expect(flags.arguments).toEqual(['--config', `build.rustflags=["${FLAG}"]`]);
  expect(flags.edits).toHaveLength(3);
  const again = planOf(applied(files, way));
  expect(again.steps.every((step) => step.state === 'done')).toBe(true);
  for (const each of again.ways) expect(each).toMatchObject({ edits: [], arguments: [] });
});

test('takes libraries that are declared dynamic, and what they link, for the modules', () => {
  const files = genericFiles();
  files['plugin/Cargo.toml'] = String(files['plugin/Cargo.toml']).replace('"rlib"', '"dylib"');
  expect(planOf(files).modules).toEqual(['base', 'plugin']);
});

test('takes the modules that hotdeck.json names', () => {
  const files = genericFiles();
  const named = (text: string): string[] => planOf({ ...files, 'hotdeck.json': text }).modules;
  expect(named('{ "modules": ["plugin"] }')).toEqual(['base', 'plugin']);
  expect(named('{ "modules": [1] }')).toEqual(['base', 'plugin', 'other']);
  expect(named('{')).toEqual(['base', 'plugin', 'other']);
});

test('has nothing to set up without a library', () => {
  const plan = planOf({ 'Cargo.toml': '[package]\nname = "alone"\n', 'src/main.rs': '' });
  expect(plan).toMatchObject({ kind: 'generic', ways: [], steps: [], modules: [] });
  expect(planOf({})).toMatchObject({ ways: [] });
});

test('a workspace whose manifest is broken says so on both ways', () => {
  const plan = planOf({ 'Cargo.toml': '[workspace\n' });
  expect(plan.ways.map(kinds)).toEqual([['Cargo.toml: broken-toml'], ['Cargo.toml: broken-toml']]);
});

describe("cargo's configuration", () => {
  test.each([
    ['', `[build]\nrustflags = ["${FLAG}"]\n`],
    ['[env]\nA = "1"', `[env]\nA = "1"\n\n[build]\nrustflags = ["${FLAG}"]`],
    ['[build]\njobs = 2\n', `[build]\njobs = 2\nrustflags = ["${FLAG}"]\n`],
    ['[build]\r\n[env]\r\n', `[build]\r\nrustflags = ["${FLAG}"]\r\n[env]\r\n`],
    ['build.rustflags = ["-Ca"]\n', `build.rustflags = ["-Ca", "${FLAG}"]\n`],
    ['[build]\nrustflags = []\n', `[build]\nrustflags = ["${FLAG}"]\n`],
    ['[build]\nrustflags = ["a",]\n', `[build]\nrustflags = ["a", "${FLAG}"]\n`],
    ['[build]\nrustflags = "--cfg a" # b\n', `[build]\nrustflags = "--cfg a ${FLAG}" # b\n`],
    [`[build]\nrustflags = '--cfg a'\n`, `[build]\nrustflags = '--cfg a ${FLAG}'\n`],
  ])('%j becomes %j', (before, later) => {
    const files = withConfig(before);
    const way = wayOf(planOf(files), 'edits');
    expect(way.refusals).toEqual([]);
    expect(textAfter(files, way, CONFIG)).toBe(later);
    expect(
      planOf(applied(files, way)).ways.every((each) => each.edits.length + each.arguments.length === 0),
    ).toBe(true);
  });

  test.each([
    `[build]\nrustflags = ["${FLAG}"]\n`,
    '[build]\nrustflags = ["-C", "prefer-dynamic"]\n',
    '[build]\nrustflags = "-C prefer-dynamic=yes"\n',
    `[target.'cfg(unix)']\nrustflags = ["${FLAG}"]\n`,
  ])('%j says it already', (config) => {
    for (const way of planOf(withConfig(config)).ways) {
      expect(way).toMatchObject({ edits: [], arguments: [], refusals: [] });
    }
  });

  test.each([
    [`[target.'cfg(unix)']\nrustflags = ["--cfg", "a"]\n`, 'other-flags'],
    ['[build]\nrustflags = ["-Cprefer-dynamic=no"]\n', 'other-flags'],
    ['[build]\nrustflags = [1]\n', 'unusual-form'],
    ['build = {}\n', 'unusual-form'],
    ['[build]\nrustflags = """a"""\n', 'unusual-form'],
    ['[build\n', 'broken-toml'],
  ])('%j is refused', (config, kind) => {
    const way = wayOf(planOf(withConfig(config)), 'edits');
    expect(way.edits).toEqual([]);
    expect(kinds(way)).toEqual([`${CONFIG}: ${kind}`]);
  });

  test('where there is none, it is made; and the older name holds where it is there', () => {
    const [edit] = wayOf(planOf(CRATE), 'edits').edits;
    expect(edit).toMatchObject({ file: CONFIG, before: null, lines: 2 });
    expect(String(edit?.after)).toBe(`[build]\nrustflags = ["${FLAG}"]\n`);
    const older = wayOf(planOf(withConfig('[build]\n', '.cargo/config')), 'edits');
    expect(older.edits.map((each) => each.file)).toEqual(['.cargo/config']);
  });

  test('one that could not be read is not written over', () => {
    const failure = { kind: 'outside-workspace', message: 'It is elsewhere.', remedy: null };
    const way = wayOf(planOf(CRATE, [{ file: CONFIG, failure }]), 'edits');
    expect(way).toMatchObject({ edits: [], refusals: [{ file: CONFIG, failure }] });
  });

  test('a string takes the place of the string in the file on the command line', () => {
    const way = wayOf(planOf(withConfig('[build]\nrustflags = "--cfg \\"a\\""\n')), 'flags');
    expect(way.arguments).toEqual(['--config', `build.rustflags="--cfg \\"a\\" ${FLAG}"`]);
  });
});

describe('crate types', () => {
  const head = '[package]\nname = "a"\n';
  test.each([
    ['[lib]\n', '[lib]\ncrate-type = ["rlib", "dylib"]\n'],
    ['[lib]', '[lib]\ncrate-type = ["rlib", "dylib"]'],
    ['[lib]\ncrate-type = ["rlib"]', '[lib]\ncrate-type = ["rlib", "dylib"]'],
    ['[lib]\ncrate_type = ["lib"]\n', '[lib]\ncrate_type = ["lib", "dylib"]\n'],
    ['lib.crate-type = ["rlib"]\n', 'lib.crate-type = ["rlib", "dylib"]\n', ''],
    ['[lib]\ncrate-type = [ "rlib" , ]\n', '[lib]\ncrate-type = [ "rlib" , "dylib" ]\n'],
    ['[lib]\ncrate-type = [\n  "rlib"\n]\n', '[lib]\ncrate-type = [\n  "rlib",\n  "dylib",\n]\n'],
    [
      '[lib]\ncrate-type = ["rlib",\n  "staticlib"] # x\n',
      '[lib]\ncrate-type = ["rlib",\n  "staticlib", "dylib"] # x\n',
    ],
    ['[lib]\ncrate-type = [\n# "dylib",\n  "rlib",\n]\n', '[lib]\ncrate-type = [\n "dylib",\n  "rlib",\n]\n'],
    [
      "[lib]\ncrate-type = [\n# 'dylib' # yes\n  'rlib',\n]\n",
      "[lib]\ncrate-type = [\n 'dylib', # yes\n  'rlib',\n]\n",
    ],
    [
      '[lib]\r\ncrate-type = [\r\n\t"rlib",\r\n#\t"dylib",\r\n]\r\n',
      '[lib]\r\ncrate-type = [\r\n\t"rlib",\r\n\t"dylib",\r\n]\r\n',
    ],
  ])('%j becomes %j', (before, later, at = head) => {
    const manifest = (text: string): string => (at === '' ? `${text}${head}` : `${head}\n${text}`);
    const files = member(manifest(before));
    const way = wayOf(planOf(files), 'flags');
    expect(way.refusals).toEqual([]);
    expect(textAfter(files, way, 'a/Cargo.toml')).toBe(manifest(later));
    expect(wayOf(planOf(applied(files, way)), 'flags').edits).toEqual([]);
  });

  test.each([
    ['lib = { path = "a.rs" }\n', 'unusual-form'],
    ['lib = { crate-type = ["rlib"] }\n', 'unusual-form'],
    ['lib.crate-type = "rlib"\n', 'unusual-form'],
    ['lib.crate-type = ["rlib"]\nlib.crate_type = ["rlib"]\n', 'unusual-form'],
  ])('%j is refused', (before, kind) => {
    const way = wayOf(planOf(member(`${before}${head}`)), 'flags');
    expect(kinds(way)).toEqual([`a/Cargo.toml: ${kind}`]);
    expect(way.edits).toEqual([]);
  });

  test.each(['["dylib"]', '["cdylib"]', '["proc-macro"]', '["rlib", "dylib"]'])('%s stays', (types) => {
    const files = member(`${head}\n[lib]\ncrate-type = ${types}\n`);
    for (const way of planOf(files).ways)
      expect(way.edits.map((edit) => edit.file)).not.toContain('a/Cargo.toml');
  });

  test('a library that no manifest mentions counts where its source is', () => {
    expect(planOf(member(head)).ways).toEqual([]);
    const files = member(head, { 'a/src/lib.rs': '' });
    const way = wayOf(planOf(files), 'flags');
    expect(meaning(textAfter(files, way, 'a/Cargo.toml'))).toMatchObject({
      lib: { 'crate-type': ['rlib', 'dylib'] },
    });
    expect(planOf(member(`${head}autolib = false\n`, { 'a/src/lib.rs': '' })).ways).toEqual([]);
  });
});
