import { expect, test } from 'vitest';
import type { BuildFacts } from '../../../../main/engine/building/why/buildFacts.ts';
import { whysOfBuild } from '../../../../main/engine/cargo/why/buildWhys.ts';
import { readDirty } from '../../../../main/engine/cargo/why/readDirty.ts';

const MISSING = readDirty("couldn't read metadata for file `target/debug/deps/librouter.so`");

/** After a build that failed at router, which needs api. */
const again = (parts: Partial<BuildFacts>): BuildFacts => ({
  compiled: new Set(['api', 'router']),
  dirty: new Map([
    [
      'api',
      readDirty(
        'the file `api/src/lib.rs` has changed (1795430772.15s, 2s after last build at 1795430770.8s)',
      ),
    ],
    ['router', MISSING],
  ]),
  saves: [],
  links: new Map([
    ['api', []],
    ['router', ['api']],
  ]),
  changes: [],
  wasThere: () => true,
  ...parts,
});

test('what has no output since its last build failed is rebuilt for what changed below it', () => {
  const save = { file: 'api/src/lib.rs', member: 'api', at: 5 };
  expect(whysOfBuild(again({ saves: [save] })).get('router')).toMatchObject({
    kind: 'edited',
    file: 'api/src/lib.rs',
    chain: ['api', 'router'],
  });
  // Without a save that was seen, by what cargo says of api.
  expect(whysOfBuild(again({})).get('router')).toMatchObject({ kind: 'file', chain: ['api', 'router'] });
});

test('its own edit goes before that', () => {
  const save = { file: 'router/src/lib.rs', member: 'router', at: 5 };
  expect(whysOfBuild(again({ saves: [save] })).get('router')).toMatchObject({
    kind: 'edited',
    chain: ['router'],
  });
});

test('where nothing changed, its output is what is missing', () => {
  const alone = { compiled: new Set(['router']), dirty: new Map([['router', MISSING]]) };
  expect(whysOfBuild(again({ ...alone, wasThere: () => false })).get('router')).toMatchObject({
    kind: 'file',
    file: 'target/debug/deps/librouter.so',
    detail: 'is missing',
    chain: ['router'],
  });
});
