import { describe, expect, it } from 'vitest';
import { EngineMessageSchema } from '#shared/contract.ts';
import { parseEngineMessage } from '../../../preload/engineMessage.ts';

const failure = { kind: 'busy', message: 'Busy.', remedy: null };

describe('a message of the engine', () => {
  it.each([
    { type: 'output', stream: 'server', data: '' },
    { type: 'output', stream: 'build', data: 'text' },
    { type: 'replay', stream: 'server', data: 'text' },
    { type: 'reply', id: 1, reply: { ok: false, failure } },
    { type: 'state', state: { name: 'failed', root: '/srv/depot', failure } },
    { type: 'patch', patch: { edited: ['a.rs'] } },
  ])('passes: %j', (message) => {
    expect(parseEngineMessage(message)).toEqual(message);
    expect(EngineMessageSchema.safeParse(message).success).toBe(true);
  });

  it.each([
    undefined,
    null,
    'output',
    [],
    {},
    { type: 'output', stream: 'server' },
    { type: 'output', stream: 'server', data: 5 },
    { type: 'output', stream: 'terminal', data: '' },
    { type: 'replay', data: '' },
    { type: 'reply', id: 'x', reply: { ok: true } },
    { type: 'patch', patch: { server: { name: 'flying' } } },
  ])('is refused: %j', (message) => {
    expect(parseEngineMessage(message)).toBeNull();
    expect(EngineMessageSchema.safeParse(message).success).toBe(false);
  });

  it('loses what is not of the contract', () => {
    const message = { type: 'output', stream: 'server', data: 'text', extra: true };
    expect(parseEngineMessage(message)).toEqual({ type: 'output', stream: 'server', data: 'text' });
  });
});
