import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ReplySchema } from '../../../preload/contract.ts';
import { type LaunchedApp, launchApp } from '../../support/app.ts';

let launched: LaunchedApp;
beforeAll(async () => {
  launched = await launchApp();
});
afterAll(() => launched?.close());

/** Asks with whatever arguments, as a page that was taken over might. */
const ask = async (...args: readonly unknown[]) =>
  ReplySchema.parse(
    await launched.window.evaluate((all): unknown => Reflect.apply(window.hotdeck.request, null, all), args),
  );

describe('the engine', () => {
  it.each([
    ['an unknown name', ['runCommand', { command: 'id' }], 'unknown-request'],
    ['a name of the prototype', ['constructor', {}], 'unknown-request'],
    ['params too many', ['start', { command: 'id' }], 'bad-request'],
    ['no params', ['start'], 'bad-request'],
    ['a path for a module', ['openModule', { module: '/etc/passwd', path: '/etc/passwd' }], 'bad-request'],
    ['a list that is none', ['reload', { modules: 'api' }], 'bad-request'],
    ['an endless list', ['reload', { modules: Array.from({ length: 6000 }, () => 'a') }], 'bad-request'],
    ['a terminal without width', ['resize', { stream: 'server', columns: 0, rows: 24 }], 'bad-request'],
    ['input that is no text', ['input', { data: 3 }], 'bad-request'],
    ['a flood of input', ['input', { data: 'a'.repeat(1_000_001) }], 'bad-request'],
    ['a switch that it does not have', ['setAuto', { deleteOnSave: true }], 'bad-request'],
  ])('refuses %s and changes nothing', async (_what, args, kind) => {
    expect(await ask(...args)).toMatchObject({ ok: false, failure: { kind } });
    expect(await engineState()).toMatchObject({
      server: 'stopped',
      auto: { buildOnSave: true, reloadAfterBuild: false },
    });
  });

  /** The state as the engine tells it to whoever connects; while it has no workspace open, nothing can have changed. */
  const engineState = () =>
    launched.window.evaluate(async () => {
      const heard = new Promise<{ server: string; auto: object }>((resolve) => {
        const end = window.hotdeck.onMessage((message) => {
          if (message.type !== 'state') return;
          end();
          const untouched = { server: 'stopped', auto: { buildOnSave: true, reloadAfterBuild: false } };
          const { state } = message;
          resolve(
            state.name === 'open'
              ? { server: state.session.server.name, auto: state.session.auto }
              : untouched,
          );
        });
      });
      await window.hotdeck.connect();
      return heard;
    });
});
