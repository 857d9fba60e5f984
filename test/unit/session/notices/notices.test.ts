import { expect, test } from 'vitest';
import { type Notice, NoticeSchema } from '#shared/contract.ts';
import {
  Notices,
  noticeOfFailure,
  type Unnumbered,
} from '../../../../main/engine/session/notices/notices.ts';

const notice = (kind: Notice['kind'], message = ''): Unnumbered => ({
  ...{ kind, severity: 'info', message, remedy: null, actions: [], modules: [] },
});

test('one notice of a kind is there, the newest last; each change is told', () => {
  const notices = new Notices();
  const told: string[][] = [];
  notices.on('change', (list) => told.push(list.map(({ kind, message }) => `${kind} ${message}`)));
  notices.add(notice('build', 'one'));
  notices.add(notice('blind'));
  notices.add(notice('build', 'two'));
  notices.clear('held');
  notices.clear('blind', 'held');
  expect(told).toEqual([['build one'], ['build one', 'blind '], ['blind ', 'build two'], ['build two']]);
});

test('a notice that changes keeps its id and place; one that is dismissed or no longer so is gone', () => {
  const notices = new Notices();
  notices.add(notice('blocked', 'one'));
  notices.add(notice('blind'));
  const [blocked, blind] = notices.list;
  notices.replace(blocked?.id ?? '', notice('needs-restart', 'two'));
  expect(notices.list[0]).toEqual({ ...notice('needs-restart', 'two'), id: blocked?.id });
  notices.replace(blocked?.id ?? '', null);
  notices.dismiss(blind?.id ?? '');
  expect(notices.list).toEqual([]);
});

test('a kind that is not known is read as another', () => {
  expect(NoticeSchema.parse({ ...notice('build'), id: '1', kind: 'of-a-later-version' }).kind).toBe('other');
  expect(noticeOfFailure({ kind: 'log-disk-full', message: '', remedy: null }).kind).toBe('log-disk-full');
  expect(noticeOfFailure({ kind: 'unheard-of', message: '', remedy: null }).kind).toBe('other');
});
