import { describe, expect, it } from 'vitest';
import type { Finding } from '#shared/contract.ts';
import {
  availability,
  confirmationSeverity,
  confirmationText,
  primaryAction,
} from '../../../../renderer/state/availability.ts';
import { noPlan, session } from '../fixtures.ts';

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
describe('a reload with something in its way', () => {
  const inTheWay = (...findings: Finding[]) => session({ plan: { ...noPlan, unload: ['api'], findings } });

  it('asks first, and the button says so', () => {
    expect(confirmationText(inTheWay(finding()).plan)).toContain('1 thing is in the way');
    expect(confirmationText(inTheWay(finding(), finding()).plan)).toContain('2 things are');
    expect(availability(inTheWay(finding())).reload).toEqual({
      enabled: true,
      title: confirmationText(inTheWay(finding()).plan),
    });
  });

  it('asks about a restart too', () => {
    const plan = { ...noPlan, restart: ['core'] };
    expect(confirmationSeverity(plan)).toBe('warning');
    expect(confirmationText(plan)).toContain('restart');
    expect(confirmationSeverity({ ...plan, findings: [finding()] })).toBe('blocking');
  });

  it('is not asked about for less', () =>
    expect(confirmationText(inTheWay(warning, note, left).plan)).toBeNull());

  it.each([
    ['restart', finding(), 'restart'],
    ['build', finding({ remedy: 'rebuild' }), 'build'],
    ['reload', finding({ remedy: 'reload-all' }), 'reload'],
    ['reload', warning, 'reload'],
  ])('puts %s forward', (_name, each, action) => expect(primaryAction(inTheWay(each))).toBe(action));
});
