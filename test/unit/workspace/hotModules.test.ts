import { expect, test } from 'vitest';
import { hotModulesIn } from '../../../main/engine/workspace/hotModules.ts';

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
  ['none', 'fn main() { println!("dylib = \\"lib\\""); }', []],
])('%s', (_, source, libraries) => expect(hotModulesIn(source)).toEqual(libraries));
