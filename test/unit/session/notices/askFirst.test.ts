import { describe, expect, test } from 'vitest';
import type { Finding, ModuleGraph, Plan } from '#shared/contract.ts';
import {
  noticeBefore,
  notTakenFinding,
  stuckFinding,
} from '../../../../main/engine/session/notices/askFirst.ts';
import { noticeOfNothing } from '../../../../main/engine/session/notices/noticeOfNothing.ts';

const node = (name: string, role: ModuleGraph['nodes'][number]['role'], needs: string[] = []) => ({
  name,
  label: name.replace('depot_', ''),
  role,
  needs,
  wave: null,
});

const graph: ModuleGraph = {
  nodes: [
    node('depot', 'executable', ['depot_core']),
    node('depot_core', 'pinned'),
    node('depot_kept', 'pinned'),
    node('depot_api', 'module', ['depot_core']),
    node('depot_router', 'module', ['depot_api']),
  ],
  order: ['depot_api', 'depot_router'],
  rolesFrom: 'artifacts',
};

const plan = (parts: Partial<Plan> = {}): Plan => ({
  rule: 'stack',
  unload: [],
  load: [],
  restart: [],
  leftBehind: [],
  notTaken: [],
  unchanged: [],
  along: [],
  reasons: {},
  findings: [],
  ...parts,
});

const finding = (message: string, remedy: Finding['remedy'], severity: Finding['severity'] = 'blocking') =>
  ({ kind: 'undefined-symbol', severity, module: 'depot_api', message, remedy, details: [] }) as const;

describe('what is asked before a reload', () => {
  test('asks nothing if nothing blocks the reload', () => {
    const findings = [finding('Perhaps.', 'rebuild', 'warning'), finding('Unknown.', null, 'info')];
    expect(noticeBefore(plan({ unload: ['depot_api'], findings }), graph)).toBeNull();
  });

  test('asks to restart if a library that the program links changed, with the other reasons', () => {
    const restart = ['depot_core', 'depot'];
    expect(noticeBefore(plan({ restart }), graph)).toMatchObject({
      kind: 'needs-restart',
      message: "A reload can't bring this change in: core, depot are linked into the running program.",
      remedy: 'Restart the server.',
      actions: ['restart', 'reload-anyway'],
      modules: [],
    });
    expect(
      noticeBefore(plan({ restart, findings: [finding('A symbol is absent.', 'restart')] }), graph),
    ).toMatchObject({
      kind: 'needs-restart',
      message:
        "A reload can't bring this change in: core, depot are linked into the running program. A symbol is absent.",
    });
    expect(noticeBefore(plan({ restart: ['depot_kept'] }), graph)?.message).toBe(
      'Only a restart is sure to bring in kept, which is pinned.',
    );
  });

  test.each([
    [['restart'], 'Restart the server.', ['restart', 'reload-anyway']],
    [['reload-all'], 'Restart the server.', ['restart', 'reload-anyway']],
    [['rebuild'], 'Build again.', ['build', 'reload-anyway']],
    [['rebuild', 'restart'], 'Build again, then restart the server.', ['build', 'restart', 'reload-anyway']],
  ] as const)('what helps against %s', (remedies, remedy, actions) => {
    const findings = remedies.map((each) => finding(`Needs ${each}.`, each));
    expect(noticeBefore(plan({ findings }), graph)).toMatchObject({ kind: 'blocked', remedy, actions });
  });

  test('names the first few of many findings and counts the others', () => {
    const findings = [1, 2, 3, 4, 5].map((each) => finding(`Number ${each}.`, 'rebuild'));
    expect(noticeBefore(plan({ findings }), graph)?.message).toBe(
      'Number 1. Number 2. Number 3. The reload plan names 2 more.',
    );
  });
});

describe('what is said of a reload that would swap nothing', () => {
  test('everything is fresh, or what was asked for is', () => {
    expect(noticeOfNothing(plan(), graph, [])).toMatchObject({
      kind: 'nothing-stale',
      message: 'Nothing to reload: every loaded module is the one on disk.',
      actions: ['reload-anyway'],
      modules: [],
    });
    expect(noticeOfNothing(plan(), graph, ['depot_api'])).toMatchObject({
      message: 'Nothing to reload: api is the one on disk already.',
      modules: ['depot_api'],
    });
  });

  test('nothing is claimed of what is not loaded', () => {
    const none = (modules: string[]) => noticeOfNothing(plan(), graph, modules, false, () => false).message;
    expect(none([])).toBe('Nothing to reload: no module is loaded.');
    expect(none(['depot_api'])).toBe('Nothing to reload: api is not loaded.');
  });

  test('the rule does not reach what changed', () => {
    const left = plan({ leftBehind: ['depot_api'] });
    for (const modules of [[], ['depot_api', 'depot_router']]) {
      expect(noticeOfNothing(left, graph, modules)).toMatchObject({
        message: "A reload would swap nothing: api changed, but the server's rule does not reach it.",
        actions: ['build', 'reload-anyway'],
        modules: ['depot_api'],
      });
    }
    expect(noticeOfNothing(left, graph, ['depot_router']).message).toContain('router is the one on disk');
  });

  test('what stays is stuck: a restart, and neither a build nor another reload', () => {
    const finding = { kind: 'left-behind', severity: 'warning', module: 'depot_api', details: [] } as const;
    const stuck = stuckFinding({ ...finding, message: 'It changed.', remedy: 'reload-all' });
    expect(stuck).toMatchObject({ remedy: 'restart' });
    expect(noticeOfNothing(plan({ leftBehind: ['depot_api'], findings: [stuck] }), graph, [])).toMatchObject({
      message: 'A reload would swap nothing: api is stuck since an earlier one.',
      actions: ['restart', 'reload-anyway'],
    });
  });

  describe('what is new and what the server takes for new are two things', () => {
    const left = plan({ leftBehind: ['depot_api'], notTaken: ['depot_api'] });
    test('it differs, but is not newer: say so, and offer to make it newer', () => {
      expect(noticeOfNothing(left, graph, [], false, () => true, 'newer-time')).toMatchObject({
        message:
          'A reload would swap nothing: the code of api on disk is another, but to the server its file is not new (its file is no newer than when it was loaded).',
        remedy: expect.stringContaining('a newer time first'),
        actions: ['reload-anyway'],
        modules: ['depot_api'],
      });
      const finding = { kind: 'left-behind', severity: 'warning', module: 'depot_api', details: [] } as const;
      expect(
        notTakenFinding({ ...finding, message: 'It changed.', remedy: 'reload-all' }, 'newer-time'),
      ).toMatchObject({ message: expect.stringContaining('no newer than'), remedy: 'renew' });
    });

    test('it was touched, but is the same', () => {
      const touched = plan({ unload: ['depot_api'], load: ['depot_api'], unchanged: ['depot_api'] });
      expect(noticeOfNothing(touched, graph, [], false, () => true, 'newer-time')).toMatchObject({
        message: 'Nothing new to reload: api looks new to the server, but the code is the same.',
        remedy: 'Reload anyway has the server swap the same code.',
        actions: ['reload-anyway'],
        modules: [],
      });
    });

    test('where contents are compared, nothing can be made to look new', () => {
      expect(noticeOfNothing(plan(), graph, [], false, () => true, 'content')).toMatchObject({
        remedy: expect.stringContaining('compares the contents'),
        actions: [],
      });
      const fresh = plan({ leftBehind: ['depot_api'] });
      expect(noticeOfNothing(fresh, graph, [], false, () => true, 'content').actions).toEqual([
        'build',
        'restart',
      ]);
    });

    test('a server that reloads all needs nothing to look new', () => {
      const names = ['depot_api', 'depot_router'];
      const all = plan({ rule: 'all', unload: names.toReversed(), load: names, unchanged: names });
      expect(noticeOfNothing(all, graph, [], false, () => true, 'file-identity')).toMatchObject({
        message: 'Nothing to reload: every loaded module is the one on disk.',
        remedy:
          'Reload anyway has the server close and open all of them again; what their statics hold is lost.',
      });
    });
  });
});
