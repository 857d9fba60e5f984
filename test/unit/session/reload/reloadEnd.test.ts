import { describe, expect, test } from 'vitest';
import { endOf, type Progress } from '../../../../main/engine/session/reload/reloadEnd.ts';

/** A reload in which everything of the plan has come in, with what a test sets. */
const seen = (parts: Partial<Progress> = {}): Progress => ({
  elapsed: 10,
  timeout: 60_000,
  word: 'unknown',
  hasPlan: true,
  hasMoved: true,
  isPending: false,
  isAllIn: true,
  quietFor: 0,
  served: 'no',
  refusedFor: null,
  isUnseen: false,
  ...parts,
});
const NOTHING = { hasPlan: false, hasMoved: false, isAllIn: false } as const;

describe('with all modules in', () => {
  test('the word of the server ends it at once', () => {
    expect(endOf(seen({ served: 'yes' }))).toBe('complete');
  });

  test('where no word will come, a process that is still there a moment later ends it', () => {
    for (const word of ['silent', 'once'] as const) {
      expect(endOf(seen({ word, quietFor: 2 }))).toBeNull();
      expect(endOf(seen({ word, quietFor: 60 }))).toBe('complete');
    }
  });

  test('a word that is known to come is waited for, one that may come for less long', () => {
    expect(endOf(seen({ word: 'answers', quietFor: 2_500 }))).toBeNull();
    expect(endOf(seen({ word: 'answers', quietFor: 3_500 }))).toBe('complete');
    expect(endOf(seen({ word: 'unknown', quietFor: 500 }))).toBeNull();
    expect(endOf(seen({ word: 'unknown', quietFor: 1_500 }))).toBe('complete');
  });

  test('a word that came before anything moved does not end it', () => {
    expect(endOf(seen({ served: 'yes', hasMoved: false }))).toBeNull();
  });
});

test('what went and is not back is waited for, whatever the server says', () => {
  const pending = seen({ isAllIn: false, isPending: true, served: 'yes', quietFor: 50_000 });
  expect(endOf(pending)).toBeNull();
  expect(endOf({ ...pending, elapsed: 60_001 })).toBe('timed out');
});

test('a server that serves and has left something as it was has ended its reload, unless the word may be an old one', () => {
  const left = seen({ isAllIn: false, quietFor: 500 });
  expect(endOf({ ...left, served: 'yes' })).toBe('quiet');
  expect(endOf({ ...left, served: 'doubtful' })).toBeNull();
  expect(endOf({ ...left, served: 'doubtful', quietFor: 3_500 })).toBe('quiet');
  expect(endOf({ ...left, quietFor: 50_000 })).toBeNull();
});

test('with nothing to do, silence is enough where no word will come', () => {
  expect(endOf(seen({ ...NOTHING, word: 'once', quietFor: 1_600 }))).toBe('quiet');
  expect(endOf(seen({ ...NOTHING, word: 'answers', quietFor: 1_600 }))).toBeNull();
  expect(endOf(seen({ ...NOTHING, word: 'answers', quietFor: 450, served: 'yes' }))).toBe('quiet');
});

test('a refusal counts where nothing moved', () => {
  expect(endOf(seen({ isAllIn: false, hasMoved: false, refusedFor: 100 }))).toBeNull();
  expect(endOf(seen({ isAllIn: false, hasMoved: false, refusedFor: 300 }))).toBe('refused');
  expect(endOf(seen({ isAllIn: false, isPending: true, refusedFor: 300 }))).toBeNull();
});
