/** Manifests as no person would leave them: the right plan or a refusal, never a damaged file. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { familyManifests } from '../../../support/fixtures/familyManifests.ts';
import { checkPlan, genericFiles, mutations } from './mutations.ts';

// HOTDECK_FUZZ_RUNS=100000 for a long one.
const numRuns = Number(process.env.HOTDECK_FUZZ_RUNS ?? 250);
const patience = 20_000 + numRuns * 40;

test.each([
  ['the family', familyManifests()],
  ['the family on Windows', familyManifests({ ending: '\r\n', prefix: 'tuwunel_' })],
  ['any other workspace', genericFiles()],
])('%s, mutated', { timeout: patience }, (_, files) => {
  let edits = 0;
  fc.assert(
    fc.property(mutations(Object.keys(files)), (mutate) => {
      edits += checkPlan(mutate(files));
    }),
    { numRuns },
  );
  // It would prove nothing if all were refused.
  expect(edits).toBeGreaterThan(numRuns);
});
