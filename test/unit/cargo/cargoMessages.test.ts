import { expect, test } from 'vitest';
import { parseCargoLine } from '../../../main/engine/cargo/cargoMessages.ts';

const tree = {
  root: '/srv',
  names: new Map([['path+file:///srv#depot_api@0.1.0', 'depot_api']]),
  members: new Map([['depot_api', '/srv/api']]),
  target: '/srv/target',
};
const parse = (value: unknown) => parseCargoLine(JSON.stringify(value), tree);

const diagnostic = (message: object) => ({
  reason: 'compiler-message',
  package_id: 'path+file:///srv#depot_api@0.1.0',
  message: {
    level: 'error',
    message: 'mismatched types',
    code: { code: 'E0308' },
    rendered: 'drawn',
    spans: [],
    ...message,
  },
});

test('a diagnostic becomes a problem at its primary place', () => {
  const spans = [
    { file_name: 'api/src/other.rs', line_start: 1, column_start: 1, is_primary: false },
    { file_name: '/srv/api/src/lib.rs', line_start: 7, column_start: 3, is_primary: true },
  ];
  expect(parse(diagnostic({ spans }))).toMatchObject({
    kind: 'problem',
    rendered: 'drawn',
    problem: {
      level: 'error',
      message: 'mismatched types',
      code: 'E0308',
      package: 'depot_api',
      file: 'api/src/lib.rs',
      line: 7,
      column: 3,
      rendered: 'drawn',
    },
  });
});

test('a diagnostic without a place or a drawing keeps its sentence', () => {
  const parsed = parse(diagnostic({ level: 'warning', code: null, rendered: null }));
  expect(parsed).toMatchObject({
    rendered: 'mismatched types',
    problem: { level: 'warning', file: null, line: null },
  });
});

test('the compiler’s summaries are no problems', () => {
  const summaries = [
    { level: 'failure-note', message: 'For more information about this error, try `rustc --explain E0308`.' },
    { level: 'error', message: 'aborting due to 2 previous errors; 1 warning emitted' },
    { level: 'warning', message: '3 warnings emitted' },
  ];
  for (const each of summaries) expect(parse(diagnostic({ code: null, ...each }))).toEqual({ kind: 'other' });
});

test('an artifact tells its package and whether it is fresh', () => {
  const artifact = {
    reason: 'compiler-artifact',
    package_id: 'path+file:///srv#depot_api@0.1.0',
    fresh: false,
    target: { name: 'depot_api', kind: ['dylib'] },
    filenames: ['/srv/target/debug/libdepot_api.so'],
    features: ['mods'],
    executable: null,
  };
  expect(parse(artifact)).toMatchObject({
    ...{ kind: 'artifact', package: 'depot_api', fresh: false },
    artifact: { files: ['/srv/target/debug/libdepot_api.so'], features: ['mods'], executable: null },
  });
});

test('a build script tells what it made and where libraries are', () => {
  const executed = {
    reason: 'build-script-executed',
    package_id: 'path+file:///srv#depot_api@0.1.0',
    linked_libs: ['tide'],
    linked_paths: ['native=/srv/out'],
    cfgs: [],
    env: [['PORT', '1']],
    out_dir: '/srv/out',
  };
  expect(parse(executed)).toMatchObject({
    kind: 'script',
    script: {
      package: 'depot_api',
      outDirectory: '/srv/out',
      linkedPaths: ['native=/srv/out'],
      env: [['PORT', '1']],
    },
  });
});

test.each([
  '',
  'not json',
  'null',
  '[]',
  '{"reason":"build-finished","success":true}',
  '{"reason":"compiler-message"}',
])('any other line is somebody else’s: %s', (line) => {
  expect(parseCargoLine(line, tree)).toEqual({ kind: 'other' });
});
