import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isRustName, readable } from '../../../main/engine/elf/rustNames.ts';
import { exportedNames } from '../foresight/files.ts';

describe('readable', () => {
  test.each([
    ['_ZN13depot_service5greet17h7e2197c719fa1a7fE', 'depot_service::greet'],
    ['_ZN13depot_service5greet17h7e2197c719fa1a7fE.llvm.42', 'depot_service::greet'],
    [
      '_ZN4core6option15Option$LT$T$GT$11map_or_else17h28650cf3cd0f464cE',
      'core::option::Option<T>::map_or_else',
    ],
    [
      '_ZN44_$LT$$RF$T$u20$as$u20$core..fmt..Display$GT$3fmt17hfe04e49c77ab253dE',
      '<&T as core::fmt::Display>::fmt',
    ],
    ['_RNvNtCsjrHSEGnQ3l9_3std7process2id', 'std::process::id'],
    ['_RNvNtCsgEmfK2I1SDS_4core9panicking9panic_fmt', 'core::panicking::panic_fmt'],
    ['_RNvXsd_NtNtNtCsgEmfK2I1SDS_4core3fmt3num3impyNtB9_7Display3fmt', '<u64 as core::fmt::Display>::fmt'],
    ['_RNvCsfLfy6EI15iL_7___rustc17rust_begin_unwind', '__rustc::rust_begin_unwind'],
    ['_RNCNvCs1234_7mycrate4main0B3_', 'mycrate::main::{closure#0}'],
    ['_RNCNvCs1234_7mycrate4mains_0B3_', 'mycrate::main::{closure#1}'],
    ['_RINvNtC3std3mem8align_ofjdE', 'std::mem::align_of'],
  ])('%s is %s', (symbol, expected) => {
    expect(readable(symbol)).toBe(expected);
    expect(isRustName(symbol)).toBe(true);
  });

  test.each([
    ['memcpy'],
    ['_ZN2v88internal9Assembler10movq_imm64ENS0_8RegisterEl'],
    ['_ZN4core'],
    ['_ZN99999core17h7e2197c719fa1a7fE'],
    ['_RNvC'],
    [''],
  ])('leaves %s as it is', (symbol) => expect(readable(symbol)).toBe(symbol));

  test('reads nearly all names of the library of the toolchain, as binutils do where no generics are in them', () => {
    const folder = execFileSync('rustc', ['--print', 'target-libdir'], { encoding: 'utf8' }).trim();
    const name = readdirSync(folder).find((each) => /^libstd-.*\.so$/.test(each)) ?? '';
    const symbols = exportedNames(join(folder, name));
    const rust = symbols.filter(isRustName).filter((each) => !each.startsWith('rust_metadata_'));
    expect(rust.length).toBeGreaterThan(1000);
    expect(rust.filter((each) => readable(each) === each).length).toBeLessThan(rust.length / 20);
    const theirs = execFileSync('c++filt', ['--format=rust'], { input: rust.join('\n'), encoding: 'utf8' });
    const pairs = theirs
      .trimEnd()
      .split('\n')
      .flatMap((text, at) => (/[<:]<|[<>&(]/.test(text) ? [] : [[text, readable(rust[at] ?? '')]]));
    expect(pairs.length).toBeGreaterThan(100);
    for (const [their, own] of pairs) {
      // They tell crates of the same name apart.
      expect(own).toBe(their?.replace(/::h[0-9a-f]{16}$/, '').replaceAll(/\[[0-9a-f]+\]/g, ''));
    }
  });

  test('comes to an end for any text, and never makes it much longer', () => {
    const sign = fc.constantFrom(...'CNMXYIBsLKETRSAF_0123456789abcuvtp'.split(''));
    const text = fc.array(sign, { maxLength: 80 }).map((signs) => signs.join(''));
    fc.assert(
      fc.property(fc.constantFrom('_R', '_RN', '_ZN', '_RINvC1aT'), text, (start, rest) => {
        expect(readable(start + rest).length).toBeLessThanOrEqual(1200);
      }),
      { numRuns: 20_000 },
    );
  });

  test('does not double and double', { timeout: 5000 }, () => {
    // A tuple of two of the tuple before it, and so on.
    let doubling = 'INvC1a1bTyyE';
    for (let at = 0; at < 40; at++) doubling += 'TB7_B7_E';
    expect(readable(`_R${doubling}E`).length).toBeLessThanOrEqual(1200);
  });
});
