import { expect, it } from 'vitest';
import { describeState, lastReload } from '../../../main/engine/describeState.ts';
import { HistoryAnswers } from '../../../main/engine/session/recording/historyAnswers.ts';
import { temporaryFolder } from '../../support/folders.ts';
import { aBuild, aReloadRecord, historyIn } from '../history/records.ts';
import { session } from '../renderer/fixtures.ts';

it('takes the record of the last reload out of the history, of an earlier session too', async () => {
  const data = await temporaryFolder();
  const earlier = historyIn(data);
  earlier.store.append(aReloadRecord({ at: 1000, verdict: 'stuck' }));
  earlier.store.append(aReloadRecord({ at: 2000, verdict: 'crashed' }));
  earlier.store.append(aBuild({ at: 3000 }));
  await earlier.store.close();
  expect(await lastReload(new HistoryAnswers(historyIn(data).store))).toMatchObject({
    kind: 'reload',
    verdict: 'crashed',
  });
});

it('does without where there is no history, or no reload in it', async () => {
  expect(await lastReload(new HistoryAnswers(null))).toBeNull();
  const { store } = historyIn(await temporaryFolder());
  store.append(aBuild());
  expect(await lastReload(new HistoryAnswers(store))).toBeNull();
});

it('says how the workspace stands, and that it is JSON', () => {
  const { root, facts } = describeState({ name: 'open', session: session() }, '/asked', aReloadRecord());
  expect(root).toBe(session().workspace.root);
  expect(facts).toMatchObject({
    server: { name: session().server.name },
    lastReload: { verdict: 'swapped' },
  });
  expect(JSON.parse(JSON.stringify(facts))).toEqual(facts);
});

it('says why a workspace did not open', () => {
  const failure = { kind: 'no-manifest', message: 'No Cargo.toml.', remedy: null };
  const { root, facts } = describeState({ name: 'failed', root: '/asked', failure }, '/asked', null);
  expect({ root, facts }).toMatchObject({ root: '/asked', facts: { name: 'failed', failure } });
});
