import { describe, expect, it } from 'vitest';
import { neverBuilt, stateOf } from '../../../../renderer/state/moduleStates.ts';
import { node, status } from '../fixtures.ts';

const unbuilt = { core: status('unbuilt'), api: status('unbuilt'), std: status('pinned') };

describe('never built', () => {
  it('means that no artifact is there', () => {
    expect(neverBuilt(unbuilt)).toBe(true);
    expect(neverBuilt({ ...unbuilt, api: status('built') })).toBe(false);
    expect(neverBuilt({})).toBe(false);
    expect(neverBuilt({ std: status('pinned') })).toBe(false);
  });
});

describe('a node without a status', () => {
  it('is unbuilt if it is a module', () => {
    expect(stateOf(node('api', 'module'), {})).toBe('unbuilt');
    expect(stateOf(node('std', 'external'), {})).toBe('pinned');
    expect(stateOf(node('api', 'module'), { api: status('stuck') })).toBe('stuck');
  });
});
