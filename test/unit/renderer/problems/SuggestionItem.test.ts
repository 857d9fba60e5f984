import { expect, it } from 'vitest';
import { whyByHand } from '../../../../renderer/problems/SuggestionItem.tsx';

it('says why a suggestion is left to the user', () => {
  expect(whyByHand({ applicability: 'hasPlaceholders' })).toMatch(/placeholders/);
  expect(whyByHand({ applicability: 'maybeIncorrect' })).toMatch(/isn’t sure/);
  expect(whyByHand({ applicability: 'machineApplicable' })).toMatch(/this workspace/);
});
