import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ReplySchema, type SessionState } from '#shared/contract.ts';
import { type LaunchedApp, launchApp } from '../../support/app.ts';

let launched: LaunchedApp;
let before: SessionState;
beforeAll(async () => {
  launched = await launchApp();
  before = await session();
});
afterAll(() => launched?.close());

/** Asks with whatever arguments, as a page that was taken over might. */
const ask = async (...args: readonly unknown[]) =>
  ReplySchema.parse(
    await launched.window.evaluate((all): unknown => Reflect.apply(window.hotdeck.request, null, all), args),
  );

/** The state as the engine tells it to whoever connects; waits until the sample is open. */
const session = (): Promise<SessionState> =>
  launched.window.evaluate(async () => {
    const open = new Promise<SessionState>((resolve) => {
      const end = window.hotdeck.onMessage((message) => {
        if (message.type !== 'state' || message.state.name !== 'open') return;
        end();
        resolve(message.state.session);
      });
    });
    await window.hotdeck.connect();
    return open;
  });

describe('the engine', () => {
  it.each([
    ['an unknown name', ['runCommand', { command: 'id' }], 'unknown-request'],
    ['a name of the prototype', ['constructor', {}], 'unknown-request'],
    ['params too many', ['start', { command: 'id' }], 'bad-request'],
    ['no params', ['start'], 'bad-request'],
    ['a path beside a module', ['openModule', { module: 'depot-api', path: '/etc/passwd' }], 'bad-request'],
    ['a list that is none', ['reload', { modules: 'depot-api' }], 'bad-request'],
    ['an endless list', ['reload', { modules: Array.from({ length: 6000 }, () => 'a') }], 'bad-request'],
    ['a terminal without width', ['resize', { stream: 'server', columns: 0, rows: 24 }], 'bad-request'],
    ['input that is no text', ['input', { data: 3 }], 'bad-request'],
    ['a flood of input', ['input', { data: 'a'.repeat(1_000_001) }], 'bad-request'],
    ['a switch that it does not have', ['setAuto', { deleteOnSave: true }], 'bad-request'],
  ])('refuses %s and changes nothing', async (_what, args, kind) => {
    expect(await ask(...args)).toMatchObject({ ok: false, failure: { kind } });
    expect(await session()).toEqual(before);
  });

  it('takes a well-formed request', async () => {
    expect(await ask('setAuto', { buildOnSave: false })).toEqual({ ok: true });
    expect((await session()).auto).toEqual({ buildOnSave: false, reloadAfterBuild: false });
  });
});
