/** What others write into the folder of a history is told about without a question. */
import { rm } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../support/folders.ts';
import { valueIn } from '../logs/store/runs.ts';
import { ALL, aBuild, anEdit, historyIn } from './records.ts';

const AT = 1_750_000_000_000;
const PATIENT = { timeout: 20_000 };

/** Two stores on one folder, one of which follows, and what that is told. */
async function two() {
  const data = await temporaryFolder();
  const [{ store: here, failures }, { store: other }] = [historyIn(data), historyIn(data)];
  here.follow();
  const told: { id: string; more: boolean }[] = [];
  here.onRecorded(({ id }, more) => told.push({ id, more }));
  const ids = () => told.map(({ id }) => id);
  return { here, other, told, ids, failures };
}

describe('who follows a history', { timeout: 60_000 }, () => {
  it('is told about each record of others once, of its own at once, and of nothing that was there before', async () => {
    const { here, other, ids, failures } = await two();
    other.append(anEdit({ at: AT }));
    expect(valueIn(await here.history(ALL)).count).toBe(1);
    const first = other.append(aBuild({ at: AT + 1 }))?.id;
    await expect.poll(ids, PATIENT).toEqual([first]);
    const own = here.append(anEdit({ at: AT + 2 }))?.id;
    expect(ids()).toEqual([first, own]);
    // A question that comes first finds it, and it is told all the same.
    const next = other.append(aBuild({ at: AT + 3 }))?.id;
    expect(valueIn(await here.history(ALL)).count).toBe(4);
    expect(ids()).toEqual([first, own, next]);
    const last = other.append(aBuild({ at: AT + 4 }))?.id;
    await expect.poll(ids, PATIENT).toEqual([first, own, next, last]);
    expect(failures).toEqual([]);
  });

  it('is not told about a flood one by one', async () => {
    const { here, other, told } = await two();
    await here.history(ALL);
    let last = '';
    for (let i = 0; i < 500; i += 1) last = other.append(anEdit({ at: AT + i }))?.id ?? '';
    await expect.poll(() => told.at(-1), PATIENT).toEqual({ id: last, more: true });
    expect(told.length).toBeLessThan(20);
  });

  it('goes on when the folder was removed and there is another', async () => {
    const { here, other, ids, failures } = await two();
    await here.history(ALL);
    await rm(here.folder, { recursive: true });
    const own = here.append(anEdit({ at: AT }))?.id;
    const next = other.append(anEdit({ at: AT + 1 }))?.id;
    await expect.poll(ids, PATIENT).toEqual([own, next]);
    expect(failures).toEqual([]);
  });

  it('is told no more when it is closed', async () => {
    const { here, other, told } = await two();
    await here.history(ALL);
    await here.close();
    other.append(anEdit({ at: AT }));
    await here.history(ALL);
    expect(told).toEqual([]);
  });
});
