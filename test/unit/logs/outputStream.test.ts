import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type OutputClient, OutputStream } from '../../../main/engine/logs/outputStream.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function client(): OutputClient & { sent: string[]; replayed: string[] } {
  const sent: string[] = [];
  const replayed: string[] = [];
  return { sent, replayed, send: (_, data) => sent.push(data), replay: (_, data) => replayed.push(data) };
}

function source() {
  return { pause: vi.fn<() => void>(), resume: vi.fn<() => void>() };
}

test('output that comes together goes out together', () => {
  const stream = new OutputStream('server');
  const window = client();
  stream.show(window);
  stream.push('a');
  stream.push('b');
  expect(window.sent).toEqual([]);
  vi.runAllTimers();
  expect(window.sent).toEqual(['ab']);
});

test('a window that comes late gets what was, once', () => {
  const stream = new OutputStream('server');
  const early = client();
  stream.show(early);
  stream.push('before');
  const late = client();
  stream.show(late);
  expect(late.replayed).toEqual(['before']);
  vi.runAllTimers();
  expect(late.sent).toEqual([]);
  expect(early.sent).toEqual(['before']);
});

test('the source waits for a window that falls behind, and goes on when it has caught up', () => {
  const stream = new OutputStream('server');
  const pty = source();
  const window = client();
  stream.setSource(pty);
  stream.show(window);
  stream.push('x'.repeat(1_000_001));
  stream.flush();
  expect(pty.pause).toHaveBeenCalledTimes(1);
  stream.acknowledge(window, 499_000);
  expect(pty.resume).not.toHaveBeenCalled();
  stream.acknowledge(window, 2_000);
  expect(pty.resume).toHaveBeenCalledTimes(1);
});

test('a window that goes away holds nothing back', () => {
  const stream = new OutputStream('server');
  const pty = source();
  const window = client();
  stream.setSource(pty);
  stream.show(window);
  stream.push('x'.repeat(1_200_000));
  stream.flush();
  stream.detach(window);
  expect(pty.resume).toHaveBeenCalledTimes(1);
});

test('a window that counts too much does not stop the stream later', () => {
  const stream = new OutputStream('server');
  const pty = source();
  const window = client();
  stream.setSource(pty);
  stream.show(window);
  stream.acknowledge(window, 10_000_000);
  stream.push('x'.repeat(1_000_001));
  stream.flush();
  expect(pty.pause).toHaveBeenCalledTimes(1);
});

test('without a window nothing is held back, and the latest part is kept', () => {
  const stream = new OutputStream('server');
  const pty = source();
  stream.setSource(pty);
  for (let index = 0; index < 30; index += 1) stream.push(String(index % 10).repeat(100_000));
  expect(pty.pause).not.toHaveBeenCalled();
  const window = client();
  stream.show(window);
  expect(window.replayed[0]?.length).toBeLessThanOrEqual(2_000_000);
  expect(window.replayed[0]?.endsWith('9'.repeat(100_000))).toBe(true);
});

test('a hidden stream costs nothing, and catches up with what it missed', () => {
  const stream = new OutputStream('server');
  const pty = source();
  const window = client();
  stream.setSource(pty);
  stream.show(window);
  stream.push('a');
  vi.runAllTimers();
  stream.hide(window);
  stream.push('b'.repeat(1_500_000));
  vi.runAllTimers();
  expect(window.sent).toEqual(['a']);
  expect(pty.pause).not.toHaveBeenCalled();
  stream.show(window);
  expect(window.sent).toEqual(['a', 'b'.repeat(1_500_000)]);
  expect(window.replayed).toEqual(['']);
  expect(pty.pause).toHaveBeenCalledTimes(1);
});

test('what was missed for too long is replayed from a line on', () => {
  const stream = new OutputStream('server');
  const window = client();
  stream.show(window);
  stream.hide(window);
  for (let index = 0; index < 30; index += 1) stream.push(`${'x'.repeat(99_990)}\nline ${index}\n`);
  stream.show(window);
  expect(window.sent).toEqual([]);
  expect(window.replayed[1]).toMatch(/^(?:line|x+\nline)/);
  expect(window.replayed[1]?.endsWith('line 29\n')).toBe(true);
});

test("a source that can't wait does not flood a window: it gets the rest when it has drawn", () => {
  const stream = new OutputStream('build');
  const window = client();
  stream.show(window);
  stream.push('x'.repeat(1_000_001));
  stream.flush();
  for (let index = 0; index < 9; index += 1) {
    stream.push('y'.repeat(50_000));
    stream.flush();
  }
  expect(window.sent).toHaveLength(1);
  stream.acknowledge(window, 600_000);
  expect(window.sent[1]).toBe('y'.repeat(450_000));
});
