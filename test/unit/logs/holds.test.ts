import { expect, test, vi } from 'vitest';
import { Holds } from '../../../main/engine/logs/holds.ts';

test('the source goes on when the last reason is gone', () => {
  const source = { pause: vi.fn(), resume: vi.fn() };
  const holds = new Holds();
  holds.setSource(source);
  holds.set('window', true);
  holds.set('disk', true);
  holds.set('window', true);
  holds.set('window', false);
  expect(source.pause).toHaveBeenCalledTimes(1);
  expect(source.resume).not.toHaveBeenCalled();
  holds.set('disk', false);
  expect(source.resume).toHaveBeenCalledTimes(1);
});

test('what holds one source holds the next', () => {
  const holds = new Holds();
  holds.set('disk', true);
  const source = { pause: vi.fn(), resume: vi.fn() };
  holds.setSource(source);
  expect(source.pause).toHaveBeenCalledTimes(1);
});
