/** Which members a failed build is done without. */

import { expect, test } from 'vitest';
import { ProblemSchema } from '#shared/contract.ts';
import { linkTroubleOf } from '../../../../main/engine/cargo/linkTrouble.ts';
import {
  culpritsOf,
  isOfTheMachine,
  membersToLeaveOut,
} from '../../../../main/engine/session/builds/leavingOut.ts';

const unit = (name: string, ...needs: string[]) =>
  [name, { name, version: '0.1.0', isMember: true, library: null, isInlined: true, needs }] as const;

const workspace = {
  added: ['page', 'plugin'],
  builtAnyway: new Set(['app', 'shared']),
  program: {
    package: 'app',
    node: 'app',
    binary: 'app',
    kind: 'bin' as const,
    file: '/w/app',
    arguments: [],
  },
  modules: null,
  packages: {
    links: new Map([['page', ['glue']]]),
    crates: {
      units: new Map([
        unit('page', 'glue'),
        unit('glue', 'far'),
        unit('far'),
        unit('plugin', 'shared'),
        unit('shared'),
      ]),
      roots: new Map(),
    },
  },
};

test('an added member is left out for what only it needs', () => {
  for (const failed of ['page', 'glue', 'far'])
    expect(membersToLeaveOut(workspace, [failed])).toEqual(['page']);
  expect(membersToLeaveOut(workspace, ['far', 'plugin'])).toEqual(['page', 'plugin']);
});

test('nothing is left out where that is no help', () => {
  expect(membersToLeaveOut(workspace, [])).toEqual([]);
  // `cargo build` fails for it as well.
  expect(membersToLeaveOut(workspace, ['shared'])).toEqual([]);
  expect(membersToLeaveOut(workspace, ['page', 'app'])).toEqual([]);
  // An error that is no package's, and a package that no added member needs.
  expect(membersToLeaveOut(workspace, ['page', null])).toEqual([]);
  expect(membersToLeaveOut(workspace, ['page', 'elsewhere'])).toEqual([]);
  const named = { ...workspace, modules: { names: ['page'], from: 'hotdeck.json' as const } };
  expect(membersToLeaveOut(named, ['page'])).toEqual([]);
  const program = { ...workspace, program: { ...workspace.program, package: 'page' } };
  expect(membersToLeaveOut(program, ['glue'])).toEqual([]);
});

test("a build script's failure is its package's, other words of cargo are nobody's", () => {
  const message = 'failed to run custom build command for `glue v0.1.0 (/w/glue)`\nCaused by: …';
  expect(culpritsOf({ problems: [], message })).toEqual(['glue']);
  expect(culpritsOf({ problems: [], message: 'failed to parse lock file at: /w/Cargo.lock' })).toEqual([]);
});

test('a missing linker and a full disk are no fault of a member, a missing library is', () => {
  const failed = (rendered: string) => ({
    message: 'cargo ended with exit code 101.',
    problems: [
      ProblemSchema.parse({
        ...{ id: '1', level: 'error', message: rendered, rendered, package: 'page' },
        ...{ code: null, file: null, line: null, column: null },
      }),
    ],
  });
  expect(isOfTheMachine(failed('error: linker `cc` not found'), { linkTroubleOf })).toBe(true);
  expect(
    isOfTheMachine(failed('error: failed to write x.o: No space left on device (os error 28)'), {
      linkTroubleOf,
    }),
  ).toBe(true);
  const lacking = 'error: linking with `cc` failed: exit status: 1\n  = note: cannot find -lpage';
  expect(isOfTheMachine(failed(lacking), { linkTroubleOf })).toBe(false);
  expect(isOfTheMachine(failed('error: not here'), { linkTroubleOf })).toBe(false);
});
