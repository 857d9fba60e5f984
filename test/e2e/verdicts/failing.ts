/** Servers that fail at reloading: see docs/sample.md for what each really does. */
import { expect } from 'vitest';
import { planText } from '../../support/window.ts';
import { editApi, type VerdictCase } from './case.ts';

const DONE = 'edit api, Reload';

const reloadEdited: VerdictCase['act'] = async (stage) => {
  await editApi(stage);
  await stage.reload();
};

export const failing: readonly VerdictCase[] = [
  {
    name: 'api is held open (stuck)',
    failure: 'stuck',
    done: DONE,
    act: reloadEdited,
    verdict: 'stuck',
  },
  {
    name: 'api is held open, reloaded once more (stuck)',
    failure: 'stuck',
    done: 'edit api, Reload; Reload, Reload anyway',
    async act(stage) {
      await reloadEdited(stage);
      await stage.untilVerdict('stuck');
      await stage.reload();
      const alert = await stage.untilAsked(/A reload would swap nothing/);
      await alert.getByRole('button', { name: 'Reload anyway' }).click();
      await stage.window.getByText('reload 2 ·').waitFor();
    },
    verdict: 'stuck',
  },
  {
    name: 'api is held open, and the log is silent (mute)',
    failure: 'mute',
    done: DONE,
    act: reloadEdited,
    verdict: 'stuck',
  },
  {
    name: 'nothing goes, and the log says that all did (lie)',
    failure: 'lie',
    done: DONE,
    act: reloadEdited,
    verdict: 'stuck',
    async afterwards({ window }) {
      expect(await planText(window)).toContain('The log says that api was loaded');
    },
  },
  {
    name: 'dies while unloading (crash)',
    failure: 'crash',
    done: DONE,
    act: reloadEdited,
    verdict: 'crashed',
    async afterwards({ window }) {
      expect(await planText(window)).toContain('SIGSEGV');
    },
  },
  {
    name: 'takes its time before it unloads (drain:1)',
    failure: 'drain:1',
    done: DONE,
    act: reloadEdited,
    verdict: 'swapped',
  },
  {
    name: 'refuses (refuse)',
    failure: 'refuse',
    done: DONE,
    act: reloadEdited,
    verdict: 'refused',
    async afterwards({ window }) {
      expect(await planText(window)).toContain('Reloading already in progress');
    },
  },
  {
    name: 'does not hear the signal (deaf)',
    failure: 'deaf',
    settings: { reloadTimeout: 2 },
    done: DONE,
    act: reloadEdited,
    verdict: 'timed out',
  },
  {
    name: 'hides its memory maps',
    hidden: true,
    done: DONE,
    act: reloadEdited,
    verdict: 'unproven',
  },
  {
    name: 'hides its memory maps, and the log lies (lie)',
    hidden: true,
    failure: 'lie',
    done: DONE,
    act: reloadEdited,
    verdict: 'unproven',
  },
];
