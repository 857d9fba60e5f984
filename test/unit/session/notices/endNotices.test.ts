import { describe, expect, test } from 'vitest';
import type { LibrarySearch } from '../../../../main/engine/explain/missingLibrary.ts';
import { NO_CORE } from '../../../../main/engine/process/coreFile.ts';
import type { ServerEnd } from '../../../../main/engine/process/serverControl.ts';
import { type AtEnd, noticeOfEnd } from '../../../../main/engine/session/notices/endNotices.ts';
import { aReload } from '../../../support/session.ts';

const SYMBOL = '_ZN10depot_core5motto17h0123456789abcdefE';
const DEATH = `target/debug/depot: symbol lookup error: /w/target/debug/libdepot_api.so: undefined symbol: ${SYMBOL}`;
const NODES: AtEnd['nodes'] = [{ name: 'depot_core', label: 'core', role: 'pinned', needs: [], wave: 0 }];

const end = (parts: Partial<ServerEnd>): ServerEnd => ({
  at: 20_000,
  code: null,
  signal: null,
  crashed: true,
  atStart: false,
  tail: [],
  recent: parts.tail ?? [],
  core: NO_CORE,
  ...parts,
});

const told = (parts: Partial<ServerEnd>, more: Partial<AtEnd> = {}) =>
  noticeOfEnd({
    end: end(parts),
    since: 1_000,
    lastReload: null,
    nodes: NODES,
    isStale: () => true,
    library: null,
    ...more,
  });

test.each<[string, Partial<ServerEnd>, string]>([
  ['port-in-use', { code: 1, tail: ['Error: Address already in use (os error 98)'] }, 'exit code 1'],
  ['undefined-symbol', { code: 127, tail: ['before', DEATH] }, 'depot_core::motto'],
  ['died-at-start', { code: 2, atStart: true, tail: ['Usage: depot'] }, 'Usage: depot'],
  ['crashed', { signal: 'SIGSEGV', tail: ['last words'] }, 'SIGSEGV'],
])('%s', (kind, parts, words) => {
  expect(told(parts)).toMatchObject({ kind, severity: 'error' });
  expect(told(parts)?.message).toContain(words);
  expect(told({ ...parts, crashed: false })).toBeNull();
});

test('a crash names the core file, or the command that may have one', () => {
  const core = { ...NO_CORE, file: '/w/core.7', writtenAt: 5 };
  expect(told({ signal: 'SIGSEGV', core })?.remedy).toContain('Core file: /w/core.7');
  const kept = { ...NO_CORE, command: 'coredumpctl info 7' };
  expect(told({ signal: 'SIGSEGV', core: kept })?.remedy).toContain('`coredumpctl info 7`');
});

const swapped = aReload({ number: 3, verdict: 'swapped', startedAt: 7_000, took: 1_000 });

test('names the symbol that a late call missed after a reload that looked well', () => {
  const notice = told({ code: 127, tail: [DEATH] }, { lastReload: swapped });
  expect(notice).toMatchObject({ kind: 'late-undefined-symbol', actions: ['start'] });
  expect(notice?.message).toContain('died 12.0 s after reload 3');
  expect(notice?.message).toContain('depot_api called depot_core::motto');
  expect(notice?.message).toContain('built against the core on disk');
  expect(notice?.remedy).toContain('everything from the disk');
});

test.each<[string, Partial<AtEnd>]>([
  ['another run', { since: 8_000 }],
  ['none', {}],
  ['one that did not look well', { lastReload: { ...swapped, verdict: 'stuck' } }],
])('does not blame a reload of %s', (_, more) => {
  const known = more.since === undefined ? more : { ...more, lastReload: swapped };
  expect(told({ code: 127, tail: [DEATH] }, known)?.kind).toBe('undefined-symbol');
});

test('what is not known is called probable', () => {
  const notice = told({ code: 127, tail: [DEATH] }, { lastReload: swapped, isStale: () => false });
  expect(notice?.message).toContain('probably');
});

describe('a panic', () => {
  const PANIC = ["thread 'main' (7) panicked at src/main.rs:3:5:", 'no such port'];
  const BACKTRACE = ['stack backtrace:', '   0: app::main', '             at /w/src/main.rs:3:5'];
  const recent = [...PANIC, ...BACKTRACE];

  test('is the reason of exit code 101: its message and place are told, not its backtrace', () => {
    const { message } = told({ code: 101, tail: recent.slice(-2), recent }) ?? {};
    expect(message).toBe(
      "The server crashed (exit code 101): thread 'main' panicked at src/main.rs:3:5.\nno such port",
    );
  });

  test("is not called the reason of an end that it can't be the reason of", () => {
    const { message } = told({ signal: 'SIGSEGV', tail: [...recent, 'on it goes'], recent }) ?? {};
    expect(message).toBe(
      "The server crashed (SIGSEGV).\nno such port\non it goes\nBefore that, thread 'main' panicked at src/main.rs:3:5: no such port",
    );
  });
});

describe('a library without which the server does not start', () => {
  const library: LibrarySearch = {
    name: 'libsky.so',
    complaint: 'cannot open shared object file: No such file or directory',
    neededBy: 'depot',
    maker: null,
    places: [],
    secure: null,
    program: '/w/target/debug/depot',
    endedAt: 20_000,
  };
  const notice = (parts: Partial<LibrarySearch>) =>
    told({ code: 127 }, { library: { ...library, ...parts } });

  test('that is missing: names who needs it, and offers a build only if that makes it', () => {
    expect(notice({})).toMatchObject({ kind: 'missing-library', actions: ['start'] });
    expect(notice({})?.message).toContain(
      'did not find libsky.so, which depot needs (exit code 127). No package',
    );
    const maker = { package: 'sky', file: '/w/target/debug/libsky.so', isThere: false };
    expect(notice({ maker })).toMatchObject({ remedy: 'Build again.', actions: ['build', 'start'] });
  });

  test('that is broken is not said to be missing', () => {
    const message = notice({ complaint: 'file too short' })?.message;
    expect(message).toContain("can't load libsky.so, which depot needs: file too short");
    expect(message).not.toContain('not find');
  });
});

test('a library that was written to while it was mapped is the probable cause of a signal, and of nothing else', () => {
  const overwritten = ['api'];
  const words = 'Probably because the library file of api was written to';
  expect(told({ signal: 'SIGSEGV' }, { overwritten })?.message).toContain(words);
  expect(told({ signal: 'SIGSEGV' })?.message).not.toContain('written to');
  expect(told({ signal: 'SIGKILL' }, { overwritten })?.message).not.toContain('written to');
  expect(told({ code: 1 }, { overwritten })?.message).not.toContain('written to');
});

test('an address in use is the reason of a program that ended by itself, not of one that a signal ended', () => {
  const tail = ['WARN retrying: Address already in use (os error 98)'];
  expect(told({ code: 1, tail })?.kind).toBe('port-in-use');
  expect(told({ signal: 'SIGSEGV', tail })?.kind).toBe('crashed');
});

test('a start does not help against a symbol that is missing on the disk; after a reload it does', () => {
  const tail = [DEATH];
  expect(told({ code: 127, tail })).toMatchObject({ actions: ['build', 'start'] });
  expect(told({ code: 127, tail })?.remedy).toContain('What is on disk does not go together');
  const reload = { ...swapped, verdict: 'stuck' as const };
  expect(told({ code: 127, tail }, { lastReload: reload })).toMatchObject({ actions: ['start'] });
  expect(told({ code: 127, tail }, { lastReload: reload })?.remedy).toMatch(
    /^Probably new modules .*from the disk\.$/,
  );
});
