import { expect, test } from 'vitest';
import { withoutComments, withoutTexts } from '../../../main/engine/workspace/rustCode.ts';

const uses = (source: string): boolean => /\bthread_local!/.test(withoutTexts(source));

test.each([
  ['a use', 'thread_local! { static A: u8 = 0; }', true],
  ['a use with its path', 'std::thread_local!(static A: u8 = 0);', true],
  ['a use behind a comment', '/* one */ thread_local! {}', true],
  ['a use behind a division', 'const A: u8 = 4 / 2; thread_local! {}', true],
  ['a use behind a character', "const A: char = '\"'; thread_local! {}", true],
  ['a use behind lifetimes', "fn a<'a, 'b>(x: &'a str) {} thread_local! {}", true],
  ['a use behind a string with a comment in it', 'const A: &str = "/*"; thread_local! {}', true],
  ['a line comment', '// thread_local! {}', false],
  ['a block comment over several lines', '/*\nthread_local! {}\n*/', false],
  ['a block comment in another', '/* /* */ thread_local! {} */', false],
  ['a block comment that does not end', '/* thread_local! {}', false],
  ['a string', 'const A: &str = "thread_local!";', false],
  ['a string with an escape', 'const A: &str = "\\" thread_local!";', false],
  ['a raw string', 'const A: &str = r#"" thread_local! "#;', false],
])('%s', (_, source, expected) => {
  expect(uses(source)).toBe(expected);
});

test('comments go and strings stay, also those that look like comments', () => {
  const source =
    '#[hot_module(dylib = "a")] // dylib = "b"\nconst GLOB: &str = "src/*.rs"; /* c */ mod d; // "*/"';
  expect(withoutComments(source)).toBe(
    '#[hot_module(dylib = "a")]  \nconst GLOB: &str = "src/*.rs";   mod d;  ',
  );
});
