/** What the key of the timeline explains. Each mark is painted as the timeline paints it, so that they can't differ. */
import type { HistoryEntry } from '#shared/contract.ts';

export type KeyMark =
  | { readonly name: 'entry'; readonly entry: HistoryEntry; readonly width: number }
  | { readonly name: 'running' }
  | { readonly name: 'broken' };

type Explained = KeyMark & { readonly text: string };

interface KeyGroup {
  readonly name: string;
  readonly marks: readonly Explained[];
}

const explained = (
  text: string,
  width: number,
  entry: Pick<HistoryEntry, 'kind' | 'outcome' | 'tone'> & Partial<HistoryEntry>,
): Explained => ({
  name: 'entry',
  text,
  width,
  entry: { id: text, at: 0, took: width, label: '', count: 1, wrong: 0, ...entry },
});

export const KEY_GROUPS: readonly KeyGroup[] = [
  {
    name: 'Edits, builds',
    marks: [
      explained('files saved', 2, { kind: 'edit', outcome: 'edit', tone: 'quiet' }),
      explained('succeeded (width = duration)', 14, { kind: 'build', outcome: 'ok', tone: 'good' }),
      explained('failed', 14, { kind: 'build', outcome: 'failed', tone: 'bad', wrong: 1 }),
      explained('cancelled', 14, { kind: 'build', outcome: 'cancelled', tone: 'quiet' }),
      explained('interrupted (Hotdeck ended)', 14, {
        kind: 'build',
        outcome: 'interrupted',
        tone: 'warning',
        wrong: 1,
      }),
      { name: 'running', text: 'in progress' },
      { name: 'broken', text: 'still broken' },
    ],
  },
  {
    name: 'Reloads',
    marks: [
      explained('all swapped', 8, { kind: 'reload', outcome: 'swapped', tone: 'good' }),
      explained('partial or unproven', 14, {
        kind: 'reload',
        outcome: 'partial',
        tone: 'warning',
        wrong: 1,
      }),
      explained('stuck (old copy still loaded)', 14, {
        kind: 'reload',
        outcome: 'stuck',
        tone: 'bad',
        wrong: 1,
      }),
      explained('refused or timed out', 14, { kind: 'reload', outcome: 'refused', tone: 'bad', wrong: 1 }),
      explained('server crashed', 14, { kind: 'reload', outcome: 'crashed', tone: 'bad', wrong: 1 }),
      explained('nothing to swap', 14, { kind: 'reload', outcome: 'nothing', tone: 'quiet' }),
      explained('swapped (width = duration)', 22, { kind: 'reload', outcome: 'swapped', tone: 'good' }),
    ],
  },
  {
    name: 'Server, groups',
    marks: [
      explained('started', 3, { kind: 'server', outcome: 'start', tone: 'quiet', took: null }),
      explained('ready', 3, { kind: 'server', outcome: 'ready', tone: 'good', took: null }),
      explained('ran, then stopped', 22, { kind: 'server', outcome: 'stop', tone: 'quiet' }),
      explained('ran, then crashed', 20, { kind: 'server', outcome: 'crash', tone: 'bad', wrong: 1 }),
      explained('end not observed', 12, {
        kind: 'server',
        outcome: 'unseen',
        tone: 'warning',
      }),
      explained('grouped (height = count)', 6, {
        kind: 'build',
        outcome: 'ok',
        tone: 'good',
        count: 24,
      }),
      explained('grouped, some failed', 6, {
        kind: 'build',
        outcome: 'failed',
        tone: 'bad',
        count: 24,
        wrong: 8,
      }),
    ],
  },
];
