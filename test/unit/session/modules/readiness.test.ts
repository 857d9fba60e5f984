import { describe, expect, test } from 'vitest';
import { type Signs, witnessOf } from '../../../../main/engine/session/modules/readiness.ts';

/** A server that shows nothing, with what a test sets. */
const signs = (parts: Partial<Signs> = {}): Signs => ({
  address: null,
  loaded: 0,
  modules: 2,
  settledFor: 0,
  hasLine: false,
  ...parts,
});

describe('without a line a server serves', () => {
  test('is ready by its socket, once its mappings have settled', () => {
    const listening = signs({ address: '127.0.0.1:8008', loaded: 1 });
    expect(witnessOf({ ...listening, settledFor: 100 })).toBeNull();
    expect(witnessOf({ ...listening, settledFor: 400 })).toBe('It listens on 127.0.0.1:8008.');
  });

  test('is ready by its modules', () => {
    expect(witnessOf(signs({ loaded: 2, settledFor: 900 }))).toBeNull();
    expect(witnessOf(signs({ loaded: 2, settledFor: 1_100 }))).toBe('Its modules are loaded.');
  });

  test('is ready by its process alone, and says so', () => {
    expect(witnessOf(signs({ settledFor: 1_900 }))).toBeNull();
    expect(witnessOf(signs({ settledFor: 2_100 }))).toBe('Its process runs; it has shown no other sign.');
    expect(witnessOf(signs({ modules: 0, settledFor: 2_100 }))).toBe(
      'Its process runs; it has shown no other sign.',
    );
    expect(witnessOf(signs({ loaded: 1, settledFor: 2_100 }))).toBe(
      'Its process runs, and 1 of 2 modules is loaded; it has shown no other sign.',
    );
  });
});

test('where a line is known to come, the weaker signs wait for it longer', () => {
  const listening = signs({ address: '[::]:80', loaded: 2, hasLine: true });
  expect(witnessOf({ ...listening, settledFor: 3_000 })).toBeNull();
  expect(witnessOf({ ...listening, settledFor: 3_400 })).toBe('It listens on [::]:80.');
});
