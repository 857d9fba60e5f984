import { describe, expect, it } from 'vitest';
import { stepChecks } from '../../../../main/engine/setup/checks/steps.ts';
import type { FileEdit, SetupPlan, SetupStep } from '../../../../main/engine/setup/types.ts';
import { NO_CHOICES } from '../../../../main/engine/workspace/choices.ts';

const step = (id: string, state: SetupStep['state'], file = 'Cargo.toml'): SetupStep => ({
  id,
  title: id,
  file,
  state,
});
const edit = (file: string): FileEdit => ({
  file,
  before: null,
  after: Buffer.from(''),
  steps: [],
  lines: 1,
});
const FLAGS = ['-Zprofile-rustflags', '--config', 'profile.dev.rustflags=["-Cprefer-dynamic"]'];
const plan = (steps: SetupStep[], ways: Partial<SetupPlan['ways'][number]>[] = [{}]): SetupPlan => ({
  kind: 'family',
  steps,
  ways: ways.map((way) => ({ id: 'edits', arguments: [], edits: [], refusals: [], ...way })),
  toolchain: 'nightly',
  modules: [],
});
const refusal = {
  file: 'Cargo.toml',
  failure: { kind: 'x', message: 'Cargo.toml is write-protected.', remedy: 'Make it writable.' },
};

describe('stepChecks', () => {
  it('says how far each step is', () => {
    const checks = stepChecks(
      plan([step('a', 'done'), step('b', 'missing'), step('c', 'partly')]),
      NO_CHOICES,
    );
    expect(checks.map(({ id, state, seen }) => [id, state, seen])).toEqual([
      ['step:a', 'ok', 'Done in Cargo.toml.'],
      ['step:b', 'problem', 'Not done in Cargo.toml.'],
      ['step:c', 'problem', 'Half done in Cargo.toml.'],
    ]);
    expect(checks[1]?.action).toEqual({ kind: 'apply' });
  });

  it('says why a step is refused, and why others have to wait for it', () => {
    const [refused, waiting] = stepChecks(
      plan([step('a', 'refused'), step('b', 'missing', 'b/Cargo.toml')], [{ refusals: [refusal] }]),
      NO_CHOICES,
    );
    expect(refused).toMatchObject({
      state: 'problem',
      seen: 'Cargo.toml is write-protected.',
      remedy: 'Make it writable.',
      action: null,
    });
    expect(waiting).toMatchObject({
      state: 'problem',
      remedy: expect.stringContaining('write-protected'),
      action: null,
    });
  });

  it('counts as done what cargo gets on its command line, but no crate type', () => {
    const flags: Partial<SetupPlan['ways'][number]> = {
      id: 'flags',
      arguments: FLAGS,
      edits: [edit('a/Cargo.toml')],
    };
    const given = plan(
      [step('flags:dev', 'missing'), step('crate-type:a', 'missing', 'a/Cargo.toml')],
      [flags],
    );
    const states = (chosen: string[]) =>
      stepChecks(given, { ...NO_CHOICES, flags: chosen }).map((each) => each.state);
    expect(states(FLAGS)).toEqual(['ok', 'problem']);
    expect(states([])).toEqual(['problem', 'problem']);
    expect(states(['-Zprofile-rustflags'])).toEqual(['problem', 'problem']);
  });
});
