/** Each notice that was told for the state as it was: it stays as long as that is so, and goes or changes with it. */
import { describe, expect, test } from 'vitest';
import type { Finding, Plan } from '#shared/contract.ts';
import { noticeBefore } from '../../../../main/engine/session/notices/askFirst.ts';
import { changedNotices, type NoticeFacts } from '../../../../main/engine/session/notices/noticeLife.ts';
import { noticeOfNothing } from '../../../../main/engine/session/notices/noticeOfNothing.ts';
import type { Unnumbered } from '../../../../main/engine/session/notices/notices.ts';
import { noticeOfUnsent } from '../../../../main/engine/session/notices/signalNotices.ts';
import { aSession } from '../../../support/session.ts';

const missing: Finding = {
  kind: 'unbuilt',
  severity: 'blocking',
  module: 'api',
  message: 'api has no file on disk. Loading it would fail.',
  remedy: 'rebuild',
  details: [],
};
const plan = (parts: Partial<Plan> = {}): Plan => ({ ...aSession().plan, ...parts });
const facts = (parts: Partial<NoticeFacts> = {}): NoticeFacts => ({
  plan: plan(),
  graph: {
    nodes: [{ name: 'api', label: 'api', role: 'module', needs: [], wave: 0 }],
    order: ['api'],
    rolesFrom: 'artifacts',
  },
  server: 'running',
  isGuess: false,
  isLoaded: () => true,
  newness: 'file-identity',
  signal: 'SIGINT',
  isThere: () => true,
  ...parts,
});

function toldNow(told: Unnumbered | null, parts: Partial<NoticeFacts>): Unnumbered | null | 'as it was' {
  if (told === null) throw new Error('Nothing was told.');
  const [changed] = changedNotices([{ ...told, id: 'notice-1' }], facts(parts));
  return changed === undefined ? 'as it was' : changed.now;
}

describe('a question before a reload', () => {
  const blocked = plan({ unload: ['api'], load: ['api'], findings: [missing] });
  const asked = noticeBefore(blocked, facts().graph);

  test('stays while the file is missing, and goes when a build has put it back', () => {
    expect(toldNow(asked, { plan: blocked })).toBe('as it was');
    expect(toldNow(asked, { plan: plan({ unload: ['api'], load: ['api'] }) })).toBeNull();
    expect(toldNow(asked, { plan: blocked, server: 'crashed' })).toBeNull();
  });

  test('loses the sentence that is no longer so, and keeps the other', () => {
    const both = { ...blocked, restart: ['core'] };
    const told = noticeBefore(both, facts().graph);
    expect(told?.message).toContain('no file on disk');
    const now = toldNow(told, { plan: plan({ restart: ['core'] }) });
    expect(now).toMatchObject({ kind: 'needs-restart', remedy: 'Restart the server.' });
    expect(now).not.toMatchObject({ message: expect.stringContaining('no file on disk') });
  });
});

test('"nothing to reload" goes when there is something, or nothing runs', () => {
  const told = noticeOfNothing(plan(), facts().graph, []);
  expect(toldNow(told, {})).toBe('as it was');
  expect(toldNow(told, { plan: plan({ unload: ['api'], load: ['api'] }) })).toBeNull();
  expect(toldNow(told, { server: 'stopped' })).toBeNull();
});

test('a signal that was not sent is told as long as it is the one that asks for a reload', () => {
  const told = noticeOfUnsent('SIGINT', { fate: 'fatal', taken: ['SIGHUP'] });
  expect(toldNow(told, {})).toBe('as it was');
  expect(toldNow(told, { signal: 'SIGHUP' })).toBeNull();
  expect(toldNow(told, { server: 'crashed' })).toBeNull();
});

test('a missing library that the workspace makes is told until its file is there; any other until the next start', () => {
  const told: Unnumbered = {
    kind: 'missing-library',
    severity: 'error',
    message: '',
    remedy: 'Build again.',
    actions: ['build', 'start'],
    modules: ['api'],
  };
  expect(toldNow(told, { isThere: () => false, server: 'crashed' })).toBe('as it was');
  expect(toldNow(told, { server: 'crashed' })).toBeNull();
  expect(toldNow({ ...told, modules: [] }, { server: 'crashed' })).toBe('as it was');
});

test('what has happened stays as it was told', () => {
  const told: Unnumbered = {
    kind: 'crashed',
    severity: 'error',
    message: '',
    remedy: null,
    actions: [],
    modules: [],
  };
  expect(toldNow(told, { server: 'stopped' })).toBe('as it was');
});
