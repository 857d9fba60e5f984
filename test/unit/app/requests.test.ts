import { describe, expect, it, vi } from 'vitest';
import { type AppHandlers, createAnswer } from '../../../main/app/requests.ts';

function setUp() {
  const done = vi.fn((_params: unknown, _sender: string) => null);
  const handlers: AppHandlers<string> = {
    connect: done,
    appState: done,
    openWorkspace: done,
    openRecent: done,
    openSample: done,
    openLink: done,
    restartEngine: done,
    setPreferences: done,
    saveLog: done,
    collectBugReport: done,
    saveBugReport: done,
    closeBugReport: done,
  };
  return { done, answer: createAnswer(handlers) };
}

describe('a request', () => {
  it.each([
    ['appState', {}],
    ['openRecent', { id: 'a1b2' }],
    ['openLink', { url: 'https://example.org' }],
  ])('“%s” reaches its handler', async (name, params) => {
    const { done, answer } = setUp();
    expect(await answer({ name, params }, 'window 1')).toBeNull();
    expect(done).toHaveBeenCalledExactlyOnceWith(params, 'window 1');
  });

  it.each([
    ['nothing', undefined, 'bad-request'],
    ['a bare word', 'appState', 'bad-request'],
    ['an array', ['appState', {}], 'bad-request'],
    ['no name', { params: {} }, 'bad-request'],
    ['a name that is no text', { name: 7, params: {} }, 'bad-request'],
    ['a very long name', { name: 'a'.repeat(1e6), params: {} }, 'bad-request'],
    ['more than a request', { name: 'appState', params: {}, path: '/etc' }, 'bad-request'],
    ['an unknown name', { name: 'runCommand', params: {} }, 'unknown-request'],
    ['a name of the prototype', { name: 'constructor', params: {} }, 'unknown-request'],
    ['__proto__', { name: '__proto__', params: {} }, 'unknown-request'],
    ['missing params', { name: 'appState' }, 'bad-request'],
    ['params too many', { name: 'openWorkspace', params: { root: '/etc' } }, 'bad-request'],
    ['a param of another type', { name: 'openRecent', params: { id: 5 } }, 'bad-request'],
    ['an empty id', { name: 'openRecent', params: { id: '' } }, 'bad-request'],
    ['an endless link', { name: 'openLink', params: { url: 'a'.repeat(5000) } }, 'bad-request'],
  ])('with %s is refused and reaches none', async (_what, message, kind) => {
    const { done, answer } = setUp();
    expect(await answer(message, 'window 1')).toMatchObject({ kind });
    expect(done).not.toHaveBeenCalled();
  });
});
