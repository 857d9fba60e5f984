import { expect, it, vi } from 'vitest';
import { log } from '../../../main/app/log.ts';

function written(...args: Parameters<typeof log>): string {
  const write = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  log(...args);
  const text = write.mock.calls.map(([chunk]) => chunk).join('');
  write.mockRestore();
  return text;
}

it('a message is one line, with what is known of it', () => {
  expect(written('Refused to load', 'https://example.org/')).toBe(
    '[app] Refused to load (https://example.org/)\n',
  );
  expect(written('It failed', new Error('no such file'))).toBe('[app] It failed (no such file)\n');
  expect(written('The engine exited', 3)).toBe('[app] The engine exited (3)\n');
  expect(written('Started')).toBe('[app] Started\n');
});

it('stays one line of a sane length, whatever comes from elsewhere', () => {
  expect(written('Refused', 'a\n[app] All is well\u001b[2J')).toBe(
    '[app] Refused (a [app] All is well [2J)\n',
  );
  expect(written('Refused', 'a'.repeat(100_000)).length).toBeLessThan(520);
});
