import { expect, test } from 'vitest';
import { notBuilt } from '../../../../main/engine/session/builds/notBuilt.ts';

const failedWith = (errors: number) =>
  notBuilt({
    kind: 'failed',
    message: 'failed to parse manifest at `/w/Cargo.toml`',
    began: 0,
    problems: [],
    counts: { errors, warnings: 0 },
    unlisted: { errors: 0, warnings: 0 },
    fixes: new Map(),
  });

test('errors of the compiler are in the Problems tab', () => {
  expect(failedWith(2)).toMatchObject({ failure: { remedy: 'The errors are in the Problems tab.' } });
});

test('what cargo itself refuses is no error there: its words are told', () => {
  const { failure } = { failure: null, ...failedWith(0) };
  expect(failure?.message).toContain('failed to parse manifest');
  expect(failure?.remedy).toBe("See the Build tab for cargo's output.");
});

test('a build that was cancelled did not fail', () => {
  expect(notBuilt({ kind: 'cancelled' })).toMatchObject({
    failure: { message: 'The build was cancelled, so the server was left alone.', remedy: null },
  });
});
