import { describe, expect, it } from 'vitest';
import type { BuildTrigger, GraphNode, Problem } from '#shared/contract.ts';
import type { BuildEvent } from '../../../../main/engine/building/buildEvents.ts';
import { BuildNotes } from '../../../../main/engine/session/builds/buildNotes.ts';
import type { Edit } from '../../../../main/engine/session/modules/editLedger.ts';
import { buildRecord, reloadRecord } from '../../../../main/engine/session/recording/records.ts';
import { aReload, aSession } from '../../../support/session.ts';

const scene = { place: { run: 'build-1', line: 0, endLine: 9 }, modules: { api: 'stale' as const } };
const NO = { errors: 0, warnings: 0 };
const none = { began: 0, problems: [], counts: NO, unlisted: NO, fixes: new Map() };
const node = (name: string, role: GraphNode['role']): GraphNode => ({
  name,
  label: name,
  role,
  needs: [],
  wave: 0,
});

const ASKED: BuildTrigger = { kind: 'asked', files: [], text: 'Build' };

describe('the record of a build', () => {
  const problem: Problem = {
    ...{ id: '1', level: 'error', message: 'no', code: null, package: 'api', file: null },
    ...{ line: null, column: null, rendered: 'x'.repeat(10_000) },
    ...{ spans: [], children: [], suggestions: [] },
  };

  const unit = (name: string, fresh: boolean) =>
    ({ kind: 'unit', crate: { name, version: '1.0.0' }, fresh, script: false }) as const;

  it('has packages in the order in which all of them was done, fresh ones apart', () => {
    let now = 0;
    const notes = new BuildNotes(1000, ASKED, () => now);
    const note = (event: BuildEvent, at: number): void => {
      now = at - 1000;
      notes.note(event);
    };
    note(unit('api', false), 1100);
    note(unit('serde', true), 1150);
    note(unit('core', false), 1200);
    note(unit('core', true), 1210);
    note(unit('api', false), 1300);
    const nodes = [node('api', 'module'), node('core', 'pinned'), node('std', 'external')];
    const record = buildRecord(notes, { kind: 'ok', rebuilt: [], ...none }, 1350, nodes, scene);
    expect(record).toMatchObject({
      at: 1000,
      took: 350,
      outcome: 'ok',
      fresh: ['serde'],
      rebuilt: ['api', 'core'],
    });
    expect(record.compiled.map(({ name, ended }) => [name, ended])).toEqual([
      ['core', 200],
      ['api', 300],
    ]);
    expect(record).toMatchObject({ run: 'build-1', line: 0, endLine: 9, modules: { api: 'stale' } });
  });

  it('has no waiting in its times: neither in its own nor in those of its crates', () => {
    let now = 0;
    const notes = new BuildNotes(1000, ASKED, () => now);
    notes.note({
      kind: 'waiting',
      wait: { for: 'another cargo', message: 'The build waits.', remedy: 'It goes on.' },
      waited: 0,
    });
    now = 5000;
    expect(notes.worked.took).toBe(0);
    notes.note({ kind: 'waiting', wait: null, waited: 5000 });
    now = 5200;
    notes.note(unit('api', false));
    const record = buildRecord(notes, { kind: 'ok', rebuilt: [], ...none }, 6300, [], scene);
    expect(record).toMatchObject({ at: 1000, took: 300, waited: 5000 });
    expect(record.compiled.map(({ ended }) => ended)).toEqual([200]);
  });

  it('of thousands of errors has the first ones, cut, and the number of all', () => {
    const notes = new BuildNotes(0, ASKED);
    const problems = Array.from({ length: 3000 }, () => problem);
    const { problems: kept, message } = buildRecord(
      notes,
      { kind: 'failed', message: 'cargo', ...none, problems, counts: { errors: 3000, warnings: 0 } },
      1,
      [],
      scene,
    );
    expect(kept).toMatchObject({ errors: 3000, warnings: 0 });
    expect(JSON.stringify(kept).length).toBeLessThan(500_000);
    expect(message).toBeNull();
    const silent = buildRecord(notes, { kind: 'failed', message: 'cargo', ...none }, 1, [], scene);
    expect(silent.message).toBe('cargo');
  });
});

describe('the edits behind a reload', () => {
  it('are those of its modules, from the first save on', () => {
    const edits: Edit[] = [
      { file: 'a.rs', owners: ['api'], at: 10 },
      { file: 'c.rs', owners: ['core'], at: 30 },
      { file: 'x.rs', owners: ['admin'], at: 5 },
    ];
    const plan = { ...aSession().plan, unload: ['api'], restart: ['core'] };
    const steps = [{ module: 'api', step: 'unload' as const, at: 12.345 }];
    const reload = aReload({ plan, steps, startedAt: 99.6, verdict: 'swapped', swapped: ['api'] });
    const known = { edits, answered: null, waits: [] };
    expect(reloadRecord(reload, { ...known, answered: 26.04 }, scene)).toMatchObject({
      waited: 0,
      ...{ at: 100, files: ['a.rs', 'c.rs'], saved: 10, drain: 12.3, firstAnswer: 26 },
      ...{ verdict: 'swapped', swapped: ['api'] },
    });
    expect(reloadRecord({ ...reload, cause: 'outside' }, known, scene)).toMatchObject({
      drain: null,
      firstAnswer: null,
    });
    expect(reloadRecord({ ...reload, verdict: 'running' }, known, scene)).toMatchObject({
      verdict: 'interrupted',
      message: 'Hotdeck exited during this reload.',
      files: ['a.rs', 'c.rs'],
    });
    // Of the builds between the save and the reload, what they waited for a lock.
    const waits = [5, 20, 50, 200].map((at) => ({ at, ms: at }));
    expect(reloadRecord(reload, { ...known, waits }, scene)).toMatchObject({ saved: 10, waited: 70 });
  });
});
