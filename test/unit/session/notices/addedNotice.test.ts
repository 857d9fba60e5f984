import { expect, test } from 'vitest';
import { noticeOfAdded } from '../../../../main/engine/session/notices/notices.ts';

test('errors only in members that Hotdeck adds to the build: how to leave them out', () => {
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

test('not where cargo alone has errors, too, or there are none', () => {
  expect(noticeOfAdded(['page', 'app'], ['page'], [])).toBeNull();
  expect(noticeOfAdded([], ['page'], [])).toBeNull();
  expect(noticeOfAdded(['app'], [], [])).toBeNull();
});
