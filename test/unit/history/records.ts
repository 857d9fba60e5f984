import { onTestFinished } from 'vitest';
import type { Failure } from '#shared/contract.ts';
import { HistoryStore, type HistoryStoreOptions } from '../../../main/engine/history/historyStore.ts';

export { aBuild, aGraph, anEdit, aReloadRecord, aServer } from '../../support/history.ts';

/** A store in this folder, closed when the test is over, and what it said went wrong. */
export function historyIn(
  data: string,
  options: Partial<HistoryStoreOptions> = {},
): { store: HistoryStore; failures: Failure[] } {
  const failures: Failure[] = [];
  const store = new HistoryStore({
    data,
    workspace: 'depot',
    onFailure: (failure) => failures.push(failure),
    ...options,
  });
  onTestFinished(() => store.close());
  return { store, failures };
}

export const ALL = { from: null, to: null, most: 1000 };
