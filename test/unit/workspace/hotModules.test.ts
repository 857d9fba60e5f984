import { describe, expect, test } from 'vitest';
import { hotModulesIn, type LibraryFolder } from '../../../main/engine/workspace/hotModules.ts';
import { opensElsewhere } from '../../../main/engine/workspace/opensElsewhere.ts';

describe('the libraries that a source opens', () => {
  test.each<[string, string, string[]]>([
    ['as the README has it', '#[hot_lib_reloader::hot_module(dylib = "lib")]\nmod hot_lib {}', ['lib']],
    ['imported', 'use hot_lib_reloader::hot_module;\n#[hot_module(dylib="game")]\nmod game {}', ['game']],
    [
      'with all options, over lines',
      '#[hot_lib_reloader::hot_module(\n    file_watch_debounce = 50,\n    dylib = "lib",\n    lib_dir = concat!(env!("CARGO_MANIFEST_DIR"), "/out")\n)]\nmod hot_lib {}',
      ['lib'],
    ],
    [
      'behind a feature',
      '#[cfg_attr(feature = "reload", hot_lib_reloader::hot_module(dylib = "lib"))]\nmod l {}',
      ['lib'],
    ],
    ['two', '#[hot_module(dylib = "a")]\nmod a {}\n#[hot_module(dylib = "b")]\nmod b {}', ['a', 'b']],
    ['commented out', '// #[hot_module(dylib = "a")]\n/* #[hot_module(dylib = "b")] */\nfn main() {}', []],
    [
      'between globs that look like comments',
      'const A: &str = "src/*.rs";\n#[hot_module(dylib = "lib")]\nmod lib {}\nconst B: &str = "a*/b";',
      ['lib'],
    ],
    ['none', 'fn main() { println!("dylib = \\"lib\\""); }', []],
  ])('%s', (_, source, libraries) => {
    expect(hotModulesIn(source).map(({ library }) => library)).toEqual(libraries);
  });

  test.each<[string, LibraryFolder]>([
    ['', { from: 'default' }],
    [', lib_dir = "out/debug"', { from: 'cwd', path: 'out/debug' }],
    [
      ', lib_dir = concat!(env!("CARGO_MANIFEST_DIR"), "/../target/debug")',
      { from: 'package', path: '/../target/debug' },
    ],
    [', lib_dir = if cfg!(debug_assertions) { "a" } else { "b" }', { from: 'unknown' }],
    [', lib_dir = LIB_DIR', { from: 'unknown' }],
  ])('are looked for by %j', (options, folder) => {
    expect(hotModulesIn(`#[hot_module(dylib = "lib"${options})]\nmod l {}`)).toEqual([
      { library: 'lib', folder },
    ]);
  });
});

describe('a library that is looked for elsewhere', () => {
  const facts = (path: string, folders: { debug: string[]; release: string[] } | null) => ({
    root: '/w',
    hotModules: [{ library: 'lib', file: 'src/main.rs', folders }],
    libraries: [{ package: 'lib', file: 'liblib.so', crateTypes: ['dylib'], path }],
  });
  const usual = { debug: ['/w/target/debug'], release: ['/w/target/release'] };

  test('is told about, with both folders', () => {
    expect(opensElsewhere(facts('/tmp/out/debug/liblib.so', usual))).toMatchObject([
      {
        kind: 'opens-elsewhere',
        message:
          'src/main.rs has the program look for liblib.so in target/debug, and cargo puts it into /tmp/out/debug: the program opens an old library, or none.',
        remedy: expect.stringContaining('lib_dir = "/tmp/out/debug"'),
      },
    ]);
  });

  test.each([
    ['where it is', '/w/target/debug/liblib.so', usual],
    ['where a release is', '/w/target/release/liblib.so', usual],
    ['by a link', '/big/debug/liblib.so', { ...usual, debug: ['/w/target/debug', '/big/debug'] }],
    ['nobody knows where', '/tmp/out/debug/liblib.so', null],
  ])('is not told about where it is looked for %s', (_, path, folders) => {
    expect(opensElsewhere(facts(path, folders))).toEqual([]);
  });
});
