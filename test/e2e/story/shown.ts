/** What the window shows of the records, against what is kept of them; and those against each other. */
import { expect } from 'vitest';
import type { HistoryRecord } from '#shared/contract.ts';
import type { Play } from './play.ts';
import { clock, expectSoon, ROUNDED, span } from './times.ts';
import type { Shown } from './walk.ts';

/** A row without its figures: those are checked one by one. */
export const outline = ({ text }: Shown): string =>
  text.replace(/\b\d+(?:\.\d)? m?s\b/, 'TIME').replace(/process \d+$/, 'process PID');

const NOTHING: Shown = {
  ...{ time: '', text: '', kind: '', outcome: '', head: '', when: '' },
  facts: {},
  lists: {},
};

/** Each row and each panel says what is kept, and the rows are in the order of that. */
export function checkShown(shown: readonly Shown[], kept: readonly HistoryRecord[]): void {
  expect(shown).toHaveLength(kept.length);
  for (const [i, record] of kept.entries()) {
    const { time, when, text, kind, outcome, head, facts, lists } = shown[i] ?? NOTHING;
    expect([time, when, kind]).toEqual([clock(record.at), clock(record.at), record.kind]);
    const files = 'files' in record ? record.files : record.kind === 'build' ? record.trigger.files : [];
    for (const file of files) expect(facts.Because ?? facts.Saved, text).toContain(file);
    switch (record.kind) {
      case 'edit':
        expect([outcome, head, facts.Modules]).toEqual([
          'edit',
          'Edit',
          record.owners.map((name) => name.replace('depot_', '')).join() || 'no module',
        ]);
        break;
      case 'build':
        expect(text).toContain(`, ${span(record.took)}, `);
        expect([outcome, head]).toEqual([record.outcome, `Build ${record.outcome}`]);
        expect(facts.Crates).toMatch(
          new RegExp(`^${record.compiled.length} crates compiled, ${record.fresh.length} fresh`),
        );
        expect(
          (lists.Crates ?? []).map((crate, j) => crate.startsWith(record.compiled[j]?.name ?? '?')),
        ).toEqual(record.compiled.map(() => true));
        for (const { message, file, line, column } of record.problems.list)
          expect(lists['Problems of this build']?.join()).toContain(
            `${message} E0425${file}:${line}:${column}`,
          );
        break;
      case 'reload':
        expect(text).toContain(`, ${span(record.took)}, `);
        expect([outcome, head]).toEqual([record.verdict, `Reload ${record.number}: ${record.verdict}`]);
        expect((lists['Observed order'] ?? []).map((step) => step.replace(/[\d.]+ m?s$/, ''))).toEqual(
          record.steps.map(({ step, module }) => `${step} ${module.replace('depot_', '')}`),
        );
        break;
      case 'server':
        expect(outcome).toBe(record.event);
        expect([facts.Process, facts.Signal, facts['Exit code']]).toEqual([
          String(record.pid),
          record.signal ?? undefined,
          record.code === null ? undefined : String(record.code),
        ]);
        if (record.event === 'start') expect(text).toContain(`process ${record.pid}`);
        else expect(text).toContain(` after ${span(record.life ?? Number.NaN)}`);
        expect(facts['Last output'] ?? '').toBe(record.lines.join('\n'));
        break;
    }
  }
}

/** One after the other: each is over when the next begins, but the reload that its server died over. */
export function checkOrder(kept: readonly HistoryRecord[], { seen, held }: Play): void {
  for (const [i, record] of kept.entries()) {
    const next = kept[i + 1];
    if (next === undefined) break;
    const isDeath = record.kind === 'reload' && next.kind === 'server';
    const over = 'took' in record && !isDeath ? record.at + record.took : record.at;
    expect(next.at, `after ${record.kind} ${i}`).toBeGreaterThanOrEqual(over - ROUNDED);
  }
  const edits = kept.filter((each) => each.kind === 'edit');
  expect(edits.map(({ files }) => files)).toEqual(seen.saves.map(({ file }) => [file]));
  expectSoon(
    'An edit',
    edits.map(({ at }, i) => ({ was: seen.saves[i]?.from ?? Number.NaN, recorded: at })),
    { held: held() },
  );
}
