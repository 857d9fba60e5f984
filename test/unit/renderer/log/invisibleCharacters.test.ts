import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { visible, visibleBits } from '../../../../renderer/log/invisibleCharacters.ts';

const HARMFUL = /[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u200e\u200f\u2028\u2029\ufeff]/;

describe('what can’t be seen', () => {
  it.each([
    ['a\x00b\x07\x1b\x7f', 'a␀b␇␛␡'],
    ['carriage\rreturn', 'carriage␍return'],
    ['tab\tand\nline', 'tab\tand\nline'],
    ['\u009b1m', '⟨U+009B⟩1m'],
    ['exe.\u202egnp\u202c', 'exe.⟨RLO⟩gnp⟨PDF⟩'],
    ['\u2066x\u2069 \u200f', '⟨LRI⟩x⟨PDI⟩ ⟨RLM⟩'],
    ['zero\u200bwidth\ufeff', 'zero⟨ZWSP⟩width⟨BOM⟩'],
    ['\u{e0041}', '⟨U+E0041⟩'],
    ['half \ud83d', 'half ⟨U+D83D⟩'],
    ['👩‍👩‍👧 漢字 مرحبا', '👩‍👩‍👧 漢字 مرحبا'],
  ])('%j is shown as %j', (text, shown) => expect(visible(text)).toBe(shown));

  it('is told apart from text that only looks like it', () => {
    expect(visibleBits('␀\x00')).toEqual([
      { text: '␀', code: null },
      { text: '␀', code: 0 },
    ]);
  });

  it('leaves nothing harmful, and loses nothing else', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const bits = visibleBits(text);
        expect(visible(text)).not.toMatch(HARMFUL);
        const back = bits.map(({ text: shown, code }) =>
          code === null ? shown : String.fromCodePoint(code),
        );
        expect(back.join('')).toBe(text);
      }),
    );
  });
});
