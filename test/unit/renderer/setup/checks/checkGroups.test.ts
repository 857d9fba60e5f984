import { describe, expect, it } from 'vitest';
import type { Check } from '#shared/contract.ts';
import {
  actionWords,
  checkTally,
  groupChecks,
  shortToolchain,
} from '../../../../../renderer/setup/checks/checkGroups.ts';
import { aCheck, aReport } from '../report.ts';

const idsOf = (checks: readonly Check[]) =>
  groupChecks(checks).map(({ id, cards }) => [
    id,
    ...cards.map((card) => card.map((check) => check.id).join(' + ')),
  ]);

describe('the list of checks', () => {
  it('begins with the group that has the worst one, and each group with its worst', () => {
    const checks = [
      aCheck({ id: 'glibc', group: 'platform' }),
      aCheck({ id: 'linker', group: 'linker', state: 'warning' }),
      aCheck({ id: 'rustup', group: 'toolchain' }),
      aCheck({ id: 'nightly', group: 'toolchain', state: 'problem' }),
      aCheck({ id: 'override', group: 'toolchain', state: 'unknown' }),
    ];
    expect(idsOf(checks)).toEqual([
      ['toolchain', 'nightly', 'override', 'rustup'],
      ['linker', 'linker'],
      ['platform', 'glibc'],
    ]);
  });

  it('keeps the order of what is equally bad', () => {
    const checks = ['a', 'b', 'c'].map((id) => aCheck({ id }));
    expect(idsOf(checks)).toEqual([['toolchain', 'a', 'b', 'c']]);
  });

  it('says once what is the same for several', () => {
    const step = { state: 'problem', action: { kind: 'apply' } } as const;
    const checks = [
      aCheck({ id: 'flags', ...step }),
      aCheck({ id: 'other', ...step, why: 'For another reason.' }),
      aCheck({ id: 'crate', ...step }),
      aCheck({ id: 'odd', ...step, state: 'warning' }),
    ];
    expect(idsOf(checks)).toEqual([['toolchain', 'flags + crate', 'other', 'odd']]);
  });

  it.each([
    [['problem', 'problem', 'warning', 'ok'] as const, '2 problems, 1 warning, 1 ok'],
    [['ok', 'ok'] as const, '2 ok'],
    [['unknown', 'warning', 'warning'] as const, '2 warnings, 1 unknown'],
    [[] as const, 'Nothing was checked'],
  ])('is told in short: %s', (states, words) =>
    expect(checkTally(states.map((state) => aCheck({ state })))).toBe(words),
  );
});

describe('the button of a check', () => {
  const nightly = 'nightly-x86_64-unknown-linux-gnu';

  it('says what it does', () => {
    const report = aReport();
    expect(actionWords({ kind: 'use-toolchain', toolchain: nightly }, report)).toBe('Use nightly');
    expect(actionWords({ kind: 'use-linker', linker: 'gold' }, report)).toBe('Use gold');
    expect(actionWords({ kind: 'apply' }, report)).toBe('See the changes');
  });

  it('calls a toolchain by its full name where the short one could be another', () => {
    const foreign = 'nightly-aarch64-unknown-linux-gnu';
    expect(shortToolchain(nightly, [nightly, foreign])).toBe(nightly);
    expect(shortToolchain('nightly-2025-01-10-x86_64-unknown-linux-gnu', [nightly])).toBe(
      'nightly-2025-01-10',
    );
    expect(shortToolchain('my-own', [])).toBe('my-own');
  });
});
