/** Reloads that go well, and times when there is nothing to reload. */
import { expect } from 'vitest';
import { setGreeting } from '../../support/fixtures/sample.ts';
import { answer } from '../../support/window.ts';
import { ABOVE_API, ALL, append, editApi, type VerdictCase } from './case.ts';
import type { Stage } from './stage.ts';

const answersNew = (text: string) => async (stage: Stage) => {
  expect(await answer(stage.url)).toMatchObject({ api: text, pid: String(stage.pid) });
};

export const healthy: readonly VerdictCase[] = [
  {
    name: 'an edit near the top',
    done: 'edit api, Reload',
    async act(stage) {
      await editApi(stage);
      await stage.reload();
    },
    verdict: 'swapped',
    afterwards: answersNew('Edited'),
  },
  {
    name: 'an edit at the bottom',
    done: 'edit database, Reload',
    async act(stage) {
      await stage.edit(() => append(stage, 'database'), ALL);
      await stage.reload();
    },
    verdict: 'swapped',
  },
  {
    name: 'an edit of a comment',
    done: 'edit a comment in api, Reload',
    async act(stage) {
      await stage.edit(() => append(stage, 'api', '\n// No code.\n'), ABOVE_API);
      await stage.reload();
    },
    verdict: 'swapped',
  },
  {
    name: 'Ctrl+C in the terminal',
    done: 'edit api, Ctrl+C',
    async act(stage) {
      await editApi(stage);
      await stage.interrupt();
    },
    verdict: 'swapped',
    afterwards: answersNew('Edited'),
  },
  {
    name: 'a signal from outside',
    done: 'edit api, kill -INT elsewhere',
    async act(stage) {
      await editApi(stage);
      process.kill(stage.pid, 'SIGINT');
    },
    verdict: 'swapped',
    afterwards: answersNew('Edited'),
  },
  {
    name: 'Reload after build',
    done: 'switch it on, edit api',
    async act({ window, root }) {
      await window.getByRole('switch', { name: 'Reload after build' }).click();
      await setGreeting(root, 'api', 'By itself');
    },
    verdict: 'swapped',
    afterwards: answersNew('By itself'),
  },
  {
    name: 'nothing is stale, Ctrl+C',
    done: 'Ctrl+C',
    act: (stage) => stage.interrupt(),
    verdict: 'nothing',
  },
  {
    name: 'nothing is stale, Reload',
    done: 'Reload',
    async act(stage) {
      await stage.reload();
      await stage.untilAsked(/Nothing to reload/);
    },
    verdict: null,
  },
  {
    name: 'nothing is stale, Reload anyway',
    done: 'Reload, Reload anyway',
    async act(stage) {
      await stage.reload();
      const alert = await stage.untilAsked(/Nothing to reload/);
      await alert.getByRole('button', { name: 'Reload anyway' }).click();
    },
    verdict: 'swapped',
  },
];
