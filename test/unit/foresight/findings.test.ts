import { describe, expect, test } from 'vitest';
import { cannotUnload } from '../../../main/engine/foresight/cannotUnload.ts';
import { openedElsewhere } from '../../../main/engine/foresight/elsewhere.ts';
import { foresee, type Prospect } from '../../../main/engine/foresight/foresee.ts';
import { leftBehind, restartNeeded } from '../../../main/engine/foresight/oldCode.ts';
import { torn } from '../../../main/engine/foresight/torn.ts';
import { library, staying, symbols } from './files.ts';

describe('what cannot be unloaded', () => {
  test('reports nothing when every module can be unloaded', () => {
    const files = [library('api', { needed: ['libcore.so'] }), library('router', { needed: ['libapi.so'] })];
    expect(cannotUnload(files, [staying('core')], files)).toEqual([]);
  });

  test('reports a NODELETE module and all that it needs', () => {
    const files = [
      library('database'),
      library('service', { needed: ['libdatabase.so'], noDelete: true }),
      library('api', { needed: ['libservice.so'] }),
    ];
    expect(cannotUnload(files, [], [])).toMatchObject([
      {
        module: 'database',
        severity: 'blocking',
        remedy: 'restart',
        message: "database can't be unloaded: service, linked NODELETE, needs it.",
      },
      { module: 'service', severity: 'blocking', remedy: 'restart' },
    ]);
  });

  test('reports a module that something staying needs; a module can be reloaded too, the executable can’t', () => {
    const api = library('api');
    const deep = staying('deep', { role: 'module', needed: ['libapi.so'] });
    const router = staying('router', { role: 'module', needed: ['libdeep.so'] });
    expect(cannotUnload([api], [deep, router], [])).toMatchObject([
      { message: "api can't be unloaded: deep and router stay and need it.", remedy: 'reload-all' },
    ]);
    const host = staying('host', { role: 'executable', needed: ['libapi.so'] });
    expect(cannotUnload([api], [deep, host], [])).toMatchObject([{ remedy: 'restart' }]);
    expect(cannotUnload([api], [host], [])).toMatchObject([
      { message: "api can't be unloaded: host stays and needs it." },
    ]);
  });

  test('libraries that need each other do not hold each other', () => {
    const files = [library('a', { needed: ['libb.so'] }), library('b', { needed: ['liba.so'] })];
    expect(cannotUnload(files, [], [])).toEqual([]);
  });

  test('reports a library with unique symbols as perhaps staying', () => {
    expect(cannotUnload([library('api', { symbols: symbols(['!single']) })], [], [])).toMatchObject([
      { severity: 'warning', module: 'api' },
    ]);
  });

  test('warns that a new file that is NODELETE stays next time', () => {
    const fresh = library('api', { noDelete: true });
    expect(cannotUnload([library('api')], [], [fresh])).toMatchObject([{ severity: 'warning' }]);
    expect(cannotUnload([fresh], [], [fresh])).toMatchObject([{ severity: 'blocking' }]);
  });
});

describe('torn builds', () => {
  const file = (module: string, modifiedAt: number, ...needed: string[]) => ({
    module,
    label: module,
    names: [`lib${module}.so`],
    needed,
    modifiedAt,
  });
  const half = [file('core', 1), file('api', 5, 'libcore.so'), file('router', 2, 'libapi.so', 'libcore.so')];

  test('reports a dependent that is older than what it links', () => {
    expect(torn(half, 'failed')).toEqual([
      {
        kind: 'torn',
        severity: 'blocking',
        module: 'router',
        message: 'router is older than api, which it is linked to: a build stopped half-way.',
        remedy: 'rebuild',
        details: ['api'],
      },
    ]);
    expect(torn(half, 'unknown')).toMatchObject([
      { severity: 'warning', message: expect.stringContaining('may have stopped') },
    ]);
  });

  test('reports nothing after a complete build, nor if times are equal or in order', () => {
    expect(torn(half, 'complete')).toEqual([]);
    expect(torn([file('core', 3), file('api', 3, 'libcore.so', 'libc.so.6')], 'failed')).toEqual([]);
  });
});

test('reports stale modules that the reload passes over', () => {
  expect(leftBehind([{ module: 'depot_admin', label: 'admin' }])).toMatchObject([
    {
      module: 'depot_admin',
      severity: 'warning',
      remedy: 'reload-all',
      message: expect.stringMatching(/^admin changed/),
    },
  ]);
});

test('reports pinned libraries and the executable if their files are newer', () => {
  const replacedBy = { noDelete: false, symbols: null };
  const files = [
    staying('core', { replacedBy }),
    staying('quiet'),
    staying('host', { role: 'executable', needed: ['libcore.so'], replacedBy }),
    staying('kept', { noDelete: true, replacedBy }),
    staying('libc.so.6', { role: 'external', replacedBy }),
    staying('api', { role: 'module', replacedBy }),
  ];
  expect(restartNeeded(files).map((each) => each.message)).toEqual([
    'core changed since the server started. It is pinned: only a restart takes the new one.',
    'host changed since the server started. It is the executable: only a restart takes the new one.',
    'kept changed since the server started. It is linked NODELETE, so only a restart is sure to take the new one.',
  ]);
});

test('sorts all findings, the worst first', () => {
  const nothing = {
    loading: [],
    unloading: [],
    staying: [],
    along: [],
    coming: [],
    leftBehind: [],
    elsewhere: [],
    unusable: [],
    built: [],
  };
  const calm: Prospect = { ...nothing, build: 'unknown' };
  expect(foresee(calm)).toEqual([]);
  const findings = foresee({
    ...calm,
    loading: [
      library('unread', { symbols: null }),
      library('api', { symbols: symbols([], ['absent']), needed: [] }),
    ],
    unloading: [library('api', { noDelete: true })],
    staying: [staying('core', { replacedBy: { noDelete: false, symbols: null } })],
    leftBehind: [{ module: 'admin', label: 'admin' }],
  });
  expect(findings.map((each) => `${each.severity} ${each.kind} ${each.module}`)).toEqual([
    'blocking cannot-unload api',
    'warning left-behind admin',
    'warning restart-needed core',
    'info undefined-symbol unread',
    'info undefined-symbol api',
  ]);
});

test('a module that was opened from another output folder is told with both files', () => {
  const file = {
    module: 'dock',
    label: 'dock',
    opened: '/w/target/debug/libdock.so',
    artifact: '/out/debug/libdock.so',
  };
  const [own] = openedElsewhere([{ ...file, withProgram: false }]);
  expect(own).toMatchObject({ kind: 'opened-elsewhere', severity: 'warning', module: 'dock', remedy: null });
  expect(own?.message).toContain(`from ${file.opened}, and cargo puts it into ${file.artifact}`);
  const [all] = openedElsewhere([{ ...file, withProgram: true }]);
  expect(all).toMatchObject({ remedy: 'restart' });
  expect(all?.message).not.toContain('lib_dir');
});
