import { expect, it } from 'vitest';
import { whyFailed } from '../../../../renderer/toolbar/buildFailure.ts';

const failed = { name: 'failed', took: 1, at: 1, errors: 0 } as const;

it.each([
  ['errors are counted', { ...failed, errors: 2, message: 'x' }, '2 errors'],
  [
    'no count where cargo itself refused',
    { ...failed, message: 'cargo ended with exit code 3.' },
    'cargo ended with exit code 3',
  ],
  [
    'its first words are enough',
    { ...failed, message: 'failed to load manifest for workspace member `/w/a`\n\nCaused by:' },
    'failed to load manifest for workspace me…',
  ],
])('%s', (_, build, words) => {
  expect(whyFailed(build)).toBe(words);
});
