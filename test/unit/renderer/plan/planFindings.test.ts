import { describe, expect, it } from 'vitest';
import type { Finding } from '#shared/contract.ts';
import {
  allFindings,
  findingTally,
  howToReachAll,
  reasonFor,
  untoldDetails,
} from '../../../../renderer/plan/planFindings.ts';
import { noPlan } from '../fixtures.ts';

const finding = (parts: Partial<Finding> = {}): Finding => ({
  kind: 'undefined-symbol',
  severity: 'blocking',
  module: 'api',
  message: 'api needs motto, which nothing in the server will have.',
  remedy: 'restart',
  details: ['motto'],
  ...parts,
});
const warning = finding({ kind: 'cannot-unload', severity: 'warning', module: 'admin', details: [] });
const note = finding({ kind: 'unreadable', severity: 'info', module: 'librocksdb.so', remedy: null });
const left = finding({ kind: 'left-behind', severity: 'warning', module: 'database', remedy: 'reload-all' });
const told = (findings: readonly Finding[]) => findings.map((each) => `${each.kind} ${each.module}`);

describe('what is told about a plan', () => {
  it('has the worst first, and otherwise the order in which it came', () => {
    const second = finding({ module: 'router' });
    const plan = { ...noPlan, findings: [note, warning, finding(), second] };
    expect(allFindings(plan, false)).toEqual([finding(), second, warning, note]);
  });

  it('names what the plan can’t bring in where no finding does, and nothing twice', () => {
    const plan = { ...noPlan, restart: ['core'], leftBehind: ['database', 'service'], findings: [left] };
    expect(told(allFindings(plan, false))).toEqual([
      'left-behind database',
      'restart-needed core',
      'left-behind service',
    ]);
  });

  it('raises no alarm of its own over what a build leaves half-way, and keeps that of the engine', () => {
    const plan = { ...noPlan, leftBehind: ['database', 'service'], findings: [left] };
    expect(told(allFindings(plan, true))).toEqual(['left-behind database']);
  });

  it('is nothing for a plan without trouble', () => expect(allFindings(noPlan, false)).toEqual([]));
});

describe('the reason beside a finding', () => {
  const plan = {
    ...noPlan,
    unload: ['api'],
    leftBehind: ['database'],
    reasons: { api: 'edited', database: 'stale' },
  };

  it('is the plan’s, where the finding is about the module’s place in it', () => {
    expect(reasonFor(left, plan)).toBe('stale');
    expect(reasonFor({ ...left, module: 'service' }, plan)).toBeNull();
  });

  it('leaves out that a restart is needed where the finding says just that', () => {
    const changed = {
      ...noPlan,
      restart: ['core'],
      reasons: { core: 'edited (core/src/lib.rs); linked: it takes a restart' },
    };
    const restart = finding({ kind: 'restart-needed', module: 'core' });
    expect(reasonFor(restart, changed)).toBe('edited (core/src/lib.rs)');
  });

  it('is not told where the orders below tell it', () => expect(reasonFor(finding(), plan)).toBeNull());
});

describe('details', () => {
  it('are left out where the sentence has them all', () => {
    expect(untoldDetails(finding())).toEqual([]);
    expect(untoldDetails(finding({ details: ['motto', 'greet'] }))).toEqual(['motto', 'greet']);
    expect(untoldDetails(finding({ details: [] }))).toEqual([]);
  });
});

describe('what helps against old code that is passed over', () => {
  const label = (module: string) => `the ${module}`;
  const none = () => false;
  const plan = { ...noPlan, leftBehind: ['database', 'service'] };
  const both = [{ ...left, module: 'service' }, left];

  it('is said once, with the lowest module to begin with', () => {
    expect(howToReachAll(both, plan, none, label)).toBe(
      'The old code stays until it is reloaded together with every module above it. “Reload the database” on its node offers that.',
    );
    const held = [{ ...warning, remedy: 'reload-all' as const }];
    expect(howToReachAll(held, { ...noPlan, rule: 'dependents' }, none, label)).toBe(
      'The old code stays until it is reloaded together with every module that depends on it.',
    );
  });

  it('is not said where something else helps, nor of a module that would not go', () => {
    expect(howToReachAll([finding(), note], plan, none, label)).toBeNull();
    expect(howToReachAll([left], plan, () => true, label)).toBeNull();
  });
});

describe('many at once', () => {
  it('are counted by how grave they are', () => {
    expect(findingTally([finding(), finding(), warning, note, note, note])).toEqual([
      '2 blocking',
      '1 warning',
      '3 notes',
    ]);
    expect(findingTally([])).toEqual([]);
  });
});
