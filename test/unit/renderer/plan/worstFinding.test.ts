import { describe, expect, it } from 'vitest';
import type { Finding } from '#shared/contract.ts';
import { worstFindingOf } from '../../../../renderer/plan/worstFinding.ts';

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
describe('the worst about a module', () => {
  it('is told on its node, unless it is but a note', () => {
    const findings = [note, { ...note, module: 'router' }, { ...warning, module: 'api' }, finding(), warning];
    expect(worstFindingOf(findings, 'api')).toEqual({
      severity: 'blocking',
      told: `Warning: ${warning.message}\nBlocking: ${finding().message}`,
    });
    expect(worstFindingOf(findings, 'admin')?.severity).toBe('warning');
    for (const module of ['router', 'core']) expect(worstFindingOf(findings, module)).toBeUndefined();
  });
});
