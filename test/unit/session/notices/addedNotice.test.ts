import { expect, test } from 'vitest';
import { noticeOfAdded } from '../../../../main/engine/session/notices/notices.ts';

test('says how to leave out members that Hotdeck added if only they have errors', () => {
  const notice = noticeOfAdded(
    ['page', 'page'],
    ['page', 'plugin'],
    ['-p', 'app', '-p', 'page', '-p', 'plugin'],
  );
  expect(notice?.message).toMatch(/^page does not compile\. `cargo build` alone does not build it/);
  expect(notice?.remedy).toContain('["-p","app","-p","plugin"]');
  expect(noticeOfAdded(['page'], ['page'], ['--workspace'])?.remedy).toContain(
    '["--workspace","--exclude","page"]',
  );
});

test('says nothing if cargo alone reports errors too, or there are none', () => {
  expect(noticeOfAdded(['page', 'app'], ['page'], [])).toBeNull();
  expect(noticeOfAdded([], ['page'], [])).toBeNull();
  expect(noticeOfAdded(['app'], [], [])).toBeNull();
});
