import type { HistoryEntry } from '#shared/contract.ts';
import type { ListedEntry } from '../../../../renderer/history/historyStore.ts';

/** An entry of a build that went well, with what a test sets. */
export const anEntry = (parts: Partial<HistoryEntry> = {}): HistoryEntry => ({
  id: `w.0:${parts.at ?? 0}`,
  kind: 'build',
  outcome: 'ok',
  tone: 'good',
  at: 0,
  took: 100,
  label: 'api/src/lib.rs',
  count: 1,
  wrong: 0,
  ...parts,
});

export const anItem = (parts: Partial<HistoryEntry>, text = 'it happened'): ListedEntry => ({
  entry: anEntry(parts),
  text,
});
