import { describe, expect, test } from 'vitest';
import type { LoadingFile, StayingFile } from '../../../main/engine/foresight/binaryFile.ts';
import { undefinedSymbols as findUndefined } from '../../../main/engine/foresight/undefinedSymbols.ts';
import { library, staying, symbols } from './files.ts';

const undefinedSymbols = (loading: readonly LoadingFile[], files: readonly StayingFile[]) =>
  findUndefined({ loading, staying: files });

const RUST = '_ZN10depot_core3log5write17h0123456789abcdefE';

describe('a symbol is provided', () => {
  const api = library('api', { needed: ['libcore.so'], symbols: symbols([], ['write']) });

  test.each([
    ['by what it needs', [staying('core', { symbols: symbols(['write']) })]],
    [
      'by what it needs, though that is open to its dependents only',
      [staying('core', { isGlobal: false, symbols: symbols(['write']) })],
    ],
    [
      'by what that needs',
      [staying('core', { needed: ['libdeep.so'] }), staying('deep', { symbols: symbols(['write']) })],
    ],
    [
      'by something that is open to everybody',
      [staying('core'), staying('host', { role: 'executable', symbols: symbols(['write']) })],
    ],
  ])('%s', (_name, files) => {
    expect(undefinedSymbols([api], files)).toEqual([]);
  });

  test('is provided by another library to be loaded, in either order', () => {
    const core = library('core', { symbols: symbols(['write']) });
    expect(undefinedSymbols([core, api], [])).toEqual([]);
    expect(undefinedSymbols([api, core], [])).toEqual([]);
  });

  test('is not missed if it is weak', () => {
    const weak = library('api', { symbols: symbols([], ['?write']) });
    expect(undefinedSymbols([weak], [])).toEqual([]);
  });
});

describe('a symbol that nobody will have blocks', () => {
  test('the sentence names the first in words, counts the others, and lists them', () => {
    const api = library('api', { symbols: symbols([], [RUST, 'second', 'third']) });
    expect(undefinedSymbols([api], [staying('core')])).toEqual([
      {
        kind: 'undefined-symbol',
        severity: 'blocking',
        module: 'api',
        message:
          'api needs depot_core::log::write and 2 more, which nothing in the server will have. Loading it would fail.',
        remedy: 'rebuild',
        details: ['depot_core::log::write', 'second', 'third'],
      },
    ]);
  });

  test('names of the workspace come before those of Rust itself, each once', () => {
    const generic = '_ZN4core4sync6atomic11atomic_load17h';
    const wanted = [`${generic}0123456789abcdefE`, `${generic}fedcba9876543210E`, RUST];
    const [finding] = undefinedSymbols([library('api', { symbols: symbols([], wanted) })], []);
    expect(finding?.message).toContain('api needs depot_core::log::write and 2 more');
    expect(finding?.details).toEqual(['depot_core::log::write', 'core::sync::atomic::atomic_load']);
  });

  test('bound late, the server may die later', () => {
    const api = library('api', { bindNow: false, symbols: symbols([], ['write']) });
    expect(undefinedSymbols([api], [])[0]?.message).toContain('die at the first use');
  });

  test('also when a stranger has it, for its dependents only', () => {
    const api = library('api', { symbols: symbols([], ['write']) });
    const stranger = staying('stranger', { isGlobal: false, symbols: symbols(['write']) });
    expect(undefinedSymbols([api], [stranger])).toMatchObject([{ severity: 'blocking' }]);
  });

  test('a restart helps when the new file of a pinned library has it', () => {
    const api = library('api', { needed: ['libcore.so'], symbols: symbols([], ['write']) });
    const core = staying('core', { replacedBy: { noDelete: false, symbols: symbols(['write']) } });
    const [finding] = undefinedSymbols([api], [core]);
    expect(finding).toMatchObject({ severity: 'blocking', remedy: 'restart' });
    expect(finding?.message).toContain('The new core on disk');
  });

  test('lists at most 20 symbols', () => {
    const many = Array.from({ length: 5000 }, (_, at) => `symbol${at}`);
    const api = library('api', { symbols: symbols([], many) });
    const [finding] = undefinedSymbols([api], []);
    expect(finding?.details.length).toBe(20);
    expect(finding?.message).toContain('and 4999 more');
  });
});

describe('versions', () => {
  const wanting = (wanted: string) =>
    library('api', { needed: ['libof.so'], symbols: symbols([], [wanted]) });

  test.each([
    ['answer@TWO=libof.so', ['answer@TWO'], []],
    ['answer@TWO=libof.so', ['answer@ONE', 'answer@TWO'], []],
    ['answer@TWO=libof.so', ['answer'], []],
    ['answer', ['answer@ONE'], []],
    ['answer@TWO=libof.so', ['answer@ONE'], ['blocking']],
  ])('%s is wanted of %s: %s', (wanted, exported, expected) => {
    const findings = undefinedSymbols([wanting(wanted)], [staying('of', { symbols: symbols(exported) })]);
    expect(findings.map((each) => each.severity)).toEqual(expected);
  });

  test('a version of a library that was not read is taken to be there', () => {
    expect(undefinedSymbols([wanting('answer@TWO=libof.so')], [])).toEqual([]);
    const unreadable = staying('of', { symbols: null });
    expect(undefinedSymbols([wanting('answer@TWO=libof.so')], [unreadable])).toEqual([]);
  });
});

describe('what was not read never makes an alarm', () => {
  const api = library('api', { needed: ['libcore.so'], symbols: symbols([], [RUST, 'plain']) });

  test.each([
    ['a needed library that is not known', []],
    ['a needed library without symbols', [staying('core', { symbols: null })]],
    ['a library without symbols that is open to all', [staying('core'), staying('other', { symbols: null })]],
    ['a library that another needs', [staying('core', { needed: ['libunknown.so'] })]],
  ])('%s', (_name, files) => {
    expect(undefinedSymbols([api], files)).toMatchObject([
      { severity: 'info', remedy: null, details: ['depot_core::log::write', 'plain'] },
    ]);
  });

  test('makes no alarm when the library itself was not read', () => {
    const [finding] = undefinedSymbols([library('api', { symbols: null })], []);
    expect(finding).toMatchObject({ severity: 'info', module: 'api' });
    expect(finding?.message).toContain('libapi.so could not be read');
  });

  test('does not expect Rust symbols from a versioned library, as those of the system are', () => {
    const needed = ['libcore.so', 'libc.so.6'];
    const wanted = ['memcpy@GLIBC_2.14=libc.so.6'];
    const plain = library('api', { needed, symbols: symbols([], [...wanted, 'plain']) });
    expect(undefinedSymbols([plain], [staying('core')])).toMatchObject([{ severity: 'info' }]);
    const rust = library('api', { needed, symbols: symbols([], [...wanted, RUST]) });
    expect(undefinedSymbols([rust], [staying('core')])).toMatchObject([{ severity: 'blocking' }]);
  });

  test('the doubt names only libraries that could have what is wanted', () => {
    const wanted = symbols([], ['memcpy@GLIBC_2.14=libc.so.6', RUST]);
    const rust = library('api', { needed: ['libcore.so', 'libc.so.6'], symbols: wanted });
    const [finding] = undefinedSymbols([rust], [staying('core', { symbols: null })]);
    expect(finding?.message).toContain('unknown: libcore.so could not be read');
  });

  test('says nothing when everything was found', () => {
    const needed = ['libcore.so', 'libc.so.6'];
    const wanted = symbols([], ['memcpy@GLIBC_2.14=libc.so.6', RUST]);
    const found = staying('core', { symbols: symbols([RUST]) });
    expect(undefinedSymbols([library('api', { needed, symbols: wanted })], [found])).toEqual([]);
  });
});

describe('what is looked up at the first use only', () => {
  const late = (given: Partial<LoadingFile> = {}) =>
    library('api', { bindNow: false, symbols: symbols([], ['write', 'read']), ...given });

  test('is a warning if it was missing before too: the server lives with it', () => {
    const findings = findUndefined({ loading: [late()], staying: [staying('core')], unloading: [late()] });
    expect(findings).toMatchObject([{ severity: 'warning', details: ['write', 'read'] }]);
    expect(findings[0]?.message).toContain('So it is now');
  });

  test('blocks if it is newly missing, and then only that is named', () => {
    const old = late({ symbols: symbols([], ['write']) });
    const findings = findUndefined({ loading: [late()], staying: [staying('core')], unloading: [old] });
    expect(findings).toMatchObject([{ severity: 'blocking', details: ['read'] }]);
  });

  test('is missing if the old library found it in one that is unloaded', () => {
    const gone = library('below', { symbols: symbols(['write', 'read']) });
    const findings = findUndefined({ loading: [late()], staying: [], unloading: [late(), gone] });
    expect(findings).toMatchObject([{ severity: 'blocking', details: ['write', 'read'] }]);
  });

  test('does not excuse a symbol that is bound at load time', () => {
    const now = late({ bindNow: true });
    expect(findUndefined({ loading: [now], staying: [], unloading: [now] })).toMatchObject([
      { severity: 'blocking' },
    ]);
  });
});

test('a library that perhaps nobody opens is no reason to stop', () => {
  const plugin = library('plugin', { isPresumed: true, symbols: symbols([], ['PyNone']) });
  expect(undefinedSymbols([plugin], [])).toMatchObject([{ severity: 'warning' }]);
});

test('a file that is told about already makes no doubt of its own', () => {
  const api = library('api', { needed: ['libcore.so', 'libz.so'], symbols: symbols([], ['write']) });
  const told = new Set(['libcore.so']);
  expect(findUndefined({ loading: [api], staying: [], told })[0]?.message).toContain(': libz.so could not');
  expect(findUndefined({ loading: [api], staying: [], told: new Set([...told, 'libz.so']) })).toEqual([]);
});
