import { describe, expect, it } from 'vitest';
import { arrowsWords } from '../../../../renderer/graph/arrows/ReloadCaption.tsx';
import { whyNothing } from '../../../../renderer/plan/whyNothing.ts';
import { aReload } from '../../../support/session.ts';
import { session } from '../fixtures.ts';

describe('where only the log tells', () => {
  it('what is loaded is said with that reserve', () => {
    expect(whyNothing(session({ blind: 'Permission denied.' })).message).toContain('as far as the log tells');
    expect(whyNothing(session()).message).not.toContain('log');
  });

  it('so is what the arrows of the graph show', () => {
    const names = { unload: ['api'], load: ['api'], unloaded: ['api'], loaded: ['api'], gone: [] };
    for (const look of ['live', 'trace'] as const) {
      expect(arrowsWords({ look, ...names }, aReload({ evidence: 'log' }))).toMatch(
        /, according to the log\.$/,
      );
      expect(arrowsWords({ look, ...names }, aReload())).not.toContain('log');
    }
  });
});
